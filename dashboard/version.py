"""Owns how the program names itself: to services that it asks, and in what it decides."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program(parted_by: str = " ") -> str:
    """The program and its version, like `dateline 0.1.0`."""
    try:
        return f"dateline{parted_by}{version('dateline')}"
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "dateline"
