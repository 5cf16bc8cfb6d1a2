"""Owns what `data/README.md` says of statements as rows, generated from their columns."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.exports import quotes
from dashboard.exports.of_library import rows

START = """\
## Statements as rows

`quotes.csv`, `quotes.json` and `quotes.jsonl` (the page's downloads, the HTTP API,
`python -m dashboard export`) have one statement a row and these columns. In JSON a list is an
array, and what is missing is `null`.

In the CSV (UTF-8 with a byte order mark, which Excel needs) a cell that is missing is empty, and
a list is joined with `|`: within a value `\\p` is a bar and `\\\\` a backslash, and a value `\\N`
is a missing one. No cell runs as a formula: where a text begins with `=`, `+`, `-`, `@`, a tab, a
carriage return or a full-width sign, or has one after something that a spreadsheet may take for a
separator (`;`, `,`, a tab, a line end, `|`, `"`), white space and apostrophes aside, one apostrophe
is set before it. `dashboard.exports.quotes.read_quotes_csv` undoes all of it exactly.

| column | type | what |
| --- | --- | --- |
"""

LIBRARY = """\

## Statements of a library as rows

The same three formats of a library (`/api/library/`) are written by the same rules, with these
columns.

| column | type | what |
| --- | --- | --- |
"""


def rows_markdown() -> str:
    """Return the sections, each with its table of columns."""
    return START + _table(quotes.COLUMNS, quotes.TYPES) + LIBRARY + _table(rows.COLUMNS, rows.TYPES)


def _table(columns: Mapping[str, str], types: Mapping[str, str]) -> str:
    return "".join(f"| `{name}` | {types[name]} | {says} |\n" for name, says in columns.items())
