"""Owns `data/README.md`: the story format in words, generated from the schema and the rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dashboard.checking.check import LONGEST_CELL
from dashboard.checking.descriptor import LARGEST_DESCRIPTOR
from dashboard.checking.package import LARGEST_STORY, MOST_ROWS
from dashboard.checking.rules import RULES
from dashboard.checking.zipped import LARGEST_ZIP
from dashboard.schema import TABLES, fields, references, story_format, table_format

START = """\
## Start a story by hand

1. Copy the folder of a story to `data/stories/<slug>/`; write that slug, the title and the
   description into its `datapackage.json`. Leave `resources` alone: they repeat this format.
2. Keep each table's header row and replace what is below it. A cell that the article does not
   answer stays empty. Ids are readable slugs, unique over the whole story: links to the page carry
   them for ever. `reviews` and `alternatives` are for what a program finds: by hand, their header
   row is all they need.
3. Save the tables as CSV in UTF-8 (without byte order mark). Offsets count characters of the
   article's text, which stays outside the repository. A text that a spreadsheet would run as a
   formula is written with an apostrophe before it, as [below](#statements-as-rows), and read
   without it; of one that begins so, `'=`, write the apostrophe twice.
4. Check it until there are no faults. Each fault says where, what and how to mend it, as
   `table:row:column: what is wrong; the remedy` (row as a spreadsheet numbers it, `-` where none
   applies).

```sh
# the tables; then each passage in the text too; then this page, after a change of the format
python -m dashboard check data/stories/moscow-talks
python -m dashboard check data/stories/moscow-talks --article article.txt
python -m dashboard format > data/README.md
```
"""


def format_markdown() -> str:
    """Return the text of `data/README.md`."""
    described = story_format()
    parts = [
        f"# {described['title']} ({described['version']})",
        f"{described['description']} This page is generated: change `dashboard/schema.json` or"
        " the rules that `dashboard/checking/rules.py` lists, then run"
        " `python -m dashboard format > data/README.md`.",
        START.rstrip(),
        "## Tables",
        *(_table(table) for table in TABLES),
        "## Rules beyond the tables",
        "\n".join(_rules()),
        "## Limits",
        f"A story has at most {MOST_ROWS:,} rows in all its tables and {LARGEST_STORY:,} bytes in"
        f" all its files, of which `datapackage.json` has at most {LARGEST_DESCRIPTOR:,}; a cell"
        f" has at most {LONGEST_CELL:,} characters. Its zip has at most {LARGEST_ZIP:,} bytes and"
        " each of its files once. What is larger is not read; split the story.",
        "## With the article's text",
        "With the text of an article (`--article`), every count, offset, hash and printed name is"
        " compared with it. Paragraphs are the blocks between blank lines, or each line of a block"
        " whose lines are not wrapped, as a word processor pastes them; the first is where most"
        " anchors say that it is, so that mastheads, headlines and credit lines do not count.",
    ]
    return "\n\n".join(parts) + "\n"


def _table(table: str) -> str:
    described = table_format(table)
    keys = dict(references(table))
    lines = [
        f"### {described['title']} (`{table}.csv`)",
        "",
        described["description"],
        "",
        "| column | type | required | description |",
        "| --- | --- | --- | --- |",
    ]
    lines += (_column(field, keys.get(field["name"])) for field in fields(table))
    if key := described.get("primaryKey"):
        lines += ["", "Key: " + ", ".join(f"`{column}`" for column in key) + "."]
    return "\n".join(lines)


def _column(field: dict[str, Any], referred: str | None) -> str:
    limits = field.get("constraints", {})
    kind = f"{field['type']} → {referred}" if referred else field["type"]
    notes = [field["description"], *_limits(limits)]
    cells = (f"`{field['name']}`", kind, "yes" if limits.get("required") else "", " ".join(notes))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _limits(limits: dict[str, Any]) -> Iterator[str]:
    if "enum" in limits:
        yield "One of " + ", ".join(f"`{choice}`" for choice in limits["enum"]) + "."
    if "pattern" in limits:
        yield f"Pattern `{limits['pattern']}`."
    if "minimum" in limits and "maximum" in limits:
        yield f"From {limits['minimum']} to {limits['maximum']}."
    elif "minimum" in limits:
        yield f"At least {limits['minimum']}."


def _rules() -> Iterator[str]:
    for rule in RULES:
        where = f" ({', '.join(f'`{table}`' for table in rule.tables)})" if rule.tables else ""
        yield f"- {rule.sentence.removesuffix('.')}{where}."
