"""Promises of a page that is read by many, attacked, and left running."""
