r"""Owns the escape that keeps spreadsheets from running a text as a formula, and its undoing.

A formula begins with `=`, `+`, `-`, `@`, a tab or a carriage return, or a full-width sign, at the
start of a cell (https://owasp.org/www-community/attacks/CSV_Injection). Where a cell starts is the
reader's choice: one in another locale, or a sloppy one, may split at a semicolon, a bar or a line
end within quotation marks, and trim. So wherever such a sign stands at the start of a cell, or
after something that may be taken for a separator, with any run of white space and apostrophes
between, one apostrophe is set before that run; reading takes off one at exactly those places.
"""

from __future__ import annotations

import re

SIGNS = "=+\\-@\t\r＝＋－＠"
SEPARATORS = ';,\t\r\n|"'

_START = f"(?<![^{SEPARATORS}])"  # at the start, or after a separator
_SIGN = f"(?=(?:[^\\S\t\r\n]|')*[{SIGNS}])"
_PLAIN = re.compile(_START + _SIGN)
_ESCAPED = re.compile(f"{_START}'{_SIGN}")


def escape(cell: str) -> str:
    """A text that no spreadsheet runs; `unescape` undoes it exactly."""
    return _PLAIN.sub("'", cell)


def unescape(cell: str) -> str:
    """The text that `escape` was given."""
    return _ESCAPED.sub("", cell)
