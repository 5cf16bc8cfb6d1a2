"""Asking a library: the narrow interface that the pages know, the same on any engine."""
