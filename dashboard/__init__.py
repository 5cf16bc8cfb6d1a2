"""Dateline: who said what, where, about whom."""
