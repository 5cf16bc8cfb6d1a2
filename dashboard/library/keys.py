"""Owns the number that a key is looked up by: texts that begin alike are slow to search."""

from __future__ import annotations

from hashlib import md5

HASHED = "(md5_number_lower(key) >> 1)::BIGINT"  # the same in DuckDB's SQL


def key_hash(key: str) -> int:
    """63 bits of the key's MD5, which is no secret: any well spread number would do."""
    return int.from_bytes(md5(key.encode(), usedforsecurity=False).digest()[8:], "little") >> 1
