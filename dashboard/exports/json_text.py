"""JSON as every export writes it: UTF-8, readable in any script, one line where it must be."""

from __future__ import annotations

import json
import re
from typing import Any

# Python, JavaScript and others take these for line ends, inside a string of a JSON line too.
_LINE_ENDS = re.compile("[\x85\u2028\u2029]")


def json_text(value: Any, *, indent: int | None = None) -> bytes:
    """A value as JSON (RFC 8259), without a line end after it.

    Half a surrogate pair, which JSON may hold and UTF-8 may not, stays the escape that it was.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    text = _LINE_ENDS.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
    return text.encode("utf-8", "backslashreplace")
