"""Owns whether a cell may stand in a column: what the schema says of it, in one line."""

from __future__ import annotations

import re
from typing import Any

from dashboard.checking.check import LONGEST_CELL, LOOKS, PATTERNS
from dashboard.checking.package import Row as Checked
from dashboard.plain import line
from dashboard.review.draft import Draft
from dashboard.schema import TABLES, columns, field, fields, references, value


def cell_fault(table: str, column: str, cell: str) -> str:
    """Return what is wrong with a cell, and the remedy; "" when it may stand there."""
    described = field(table, column)
    limits = described.get("constraints", {})
    if not cell:
        missing = f"{label(column)} is empty; fill it in"
        return missing if limits.get("required") else ""
    if len(cell) > LONGEST_CELL:
        return f"{label(column)} has {len(cell):,} characters; keep below {LONGEST_CELL:,}"
    if cell not in limits.get("enum", (cell,)):
        return f"{label(column)} is none of {', '.join(limits['enum'])}; choose one of these"
    if value(described, cell) is None:
        return f"{label(column)}: “{cell}” {LOOKS[described['type']]}"
    if (pattern := limits.get("pattern")) and not re.fullmatch(pattern, cell):
        wrong = PATTERNS.get(pattern, f"does not match {pattern}; rewrite it so")
        return f"{label(column)}: “{cell}” {wrong}"
    return _range(column, value(described, cell), limits)


def label(column: str) -> str:
    """Return a column's name as a reader is told it."""
    return column.replace("_", " ").capitalize()


def clean(cell: str) -> str:
    """Return what was typed as one line without anything invisible."""
    return line(cell)


def checked_tables(draft: Draft) -> dict[str, list[Checked]]:
    """Return the draft's tables as the checker reads them from files."""
    return {
        table: [
            Checked(
                table,
                number,
                tuple(row[column] for column in columns(table)),
                {f["name"]: value(f, row[f["name"]]) for f in fields(table)},
            )
            for number, row in enumerate(draft.rows(table), start=2)
        ]
        for table in TABLES
    }


def refers_to(table: str, column: str) -> str:
    """Return the table whose ids a column names; "" when it names none."""
    return dict(references(table)).get(column, "")


def _range(column: str, number: Any, limits: dict[str, Any]) -> str:
    least, most = limits.get("minimum"), limits.get("maximum")
    if (least is not None and number < least) or (most is not None and number > most):
        bounds = [f"at least {least}"] if least is not None else []
        bounds += [f"at most {most}"] if most is not None else []
        return f"{label(column)} is out of range; write {' and '.join(bounds)}"
    return ""
