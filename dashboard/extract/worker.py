"""Extraction in a process of its own: the language model never enters the server's memory.

Reads one line of JSON (`name` of the file, "" for pasted text; `facts`; `size` in bytes) and then
so many bytes; writes lines of JSON: `share` and `step` while it works, then `draft` or `error`.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from dashboard.extract.extract import ExtractionError, extract
from dashboard.extract.given import InputError, Metadata, iso_date
from dashboard.extract.language import MissingModelError
from dashboard.log import log_as_json


def main() -> int:
    """Answer one request on standard input; return 0, also when the article is refused."""
    log_as_json()  # the server's log: an article's words are nothing for it
    request = json.loads(sys.stdin.buffer.readline())
    raw = sys.stdin.buffer.read(int(request["size"]))
    try:
        _say(draft=_draft(request, raw))
    except (InputError, ExtractionError, MissingModelError) as error:
        _say(error=str(error))
    return 0


def _draft(request: dict[str, Any], raw: bytes) -> dict[str, Any]:
    from dashboard.extract.formats import read_input

    facts = dict(request["facts"])
    day = iso_date(facts.pop("published", "") or "")
    given = read_input(request["name"], raw)
    known = Metadata(**facts, published=day)
    made = extract(given, known, lambda share, step: _say(share=share, step=step))
    return {
        "slug": made.slug,
        "title": made.title,
        "description": made.description,
        "text": made.text,
        "tables": {table: list(rows) for table, rows in made.tables.items()},
    }


def _say(**what: Any) -> None:
    print(json.dumps(what), flush=True)  # noqa: T201 — the process that started us listens


if __name__ == "__main__":
    sys.exit(main())
