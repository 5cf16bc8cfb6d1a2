"""Extraction in a process of its own: the language model never enters the server's memory.

Reads one line of JSON (`name` of the file, "" for pasted text; `facts`; `size` in bytes) and then
so many bytes; writes lines of JSON: `share` and `step` while it works, then `draft` or `error`.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Any

from dashboard.extract.extract import ExtractionError, extract
from dashboard.extract.given import InputError, Metadata, iso_date
from dashboard.extract.language import MissingModelError, pipeline_name
from dashboard.log import log_as_json

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment]

LARGEST = 1_000_000_000  # bytes of data, with a small language model; others have four times that
TOO_LARGE = "the text takes more memory than there is for it; give a shorter one"


def main() -> int:
    """Answer one request on standard input; return 0, also when the article is refused."""
    log_as_json()  # the server's log: an article's words are nothing for it
    request = json.loads(sys.stdin.buffer.readline())
    raw = sys.stdin.buffer.read(int(request["size"]))
    try:
        _limit_memory()
        _say(draft=_draft(request, raw))
    except (InputError, ExtractionError, MissingModelError) as error:
        _say(error=str(error))
    except MemoryError:
        _say(error=TOO_LARGE)
    return 0


def _limit_memory() -> None:
    """Take no memory from those who serve readers. Addresses that hold nothing do not count."""
    largest = LARGEST * (1 if "_sm" in pipeline_name() else 4)
    if resource is not None:
        with suppress(OSError, ValueError):  # the machine's own limit is lower, or it has none
            resource.setrlimit(resource.RLIMIT_DATA, (largest, largest))


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
