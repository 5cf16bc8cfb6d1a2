"""Owns ids: how a name becomes a readable slug."""

from __future__ import annotations

import re
import unicodedata


def slug(name: str) -> str:
    """The name in lower-case ASCII letters, digits and single hyphens; "" when nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub("[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
