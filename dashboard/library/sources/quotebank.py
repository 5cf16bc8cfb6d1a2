"""Reads Quotebank, quotations with their likeliest speakers, in JSON lines.

Format: https://doi.org/10.5281/zenodo.4277311 (Vaucher, Spitz, Catasta and West 2021), one line a
quotation: quoteID, quotation, speaker, qids, date, numOccurrences, probas, urls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from dashboard.library.layout import KINDS
from dashboard.library.sources.json_lines import Lines, Object, text_or_nothing, texts
from dashboard.library.sources.opening import line_blocks
from dashboard.library.sources.references import is_wikidata, reference
from dashboard.library.sources.source import Block, Found, Kind, Source

NOBODY = "None"  # the speaker of what is attributed to nobody
LONGEST_ID = 200
_MOST = 2**31 - 1


def is_quotebank(found: Object) -> bool:
    """Whether an object has what only Quotebank's lines have."""
    return "quoteID" in found and "quotation" in found


def _blocks(source: Source) -> Iterator[Block]:
    return line_blocks(source.path)


def _read(source: Source, block: Block) -> Found:
    del source
    lines = Lines(block)
    if not _are_sound(lines.objects):
        lines.keep(_fault)
    found = lines.objects
    names = [name if (name := each.get("speaker")) and name != NOBODY else "" for each in found]
    count = len(found)
    columns: dict[str, Any] = {
        "key": [each["quoteID"] for each in found],
        "date": [each.get("date") for each in found],
        "kind": [KINDS.index("direct")] * count,
        "words": [each["quotation"] for each in found],
        "speaker_name": names,
        "speaker": list(map(_speaker, names, [each.get("qids") for each in found])),
        "urls": [each.get("urls") or [] for each in found],
        "printings": [each.get("numOccurrences") or 1 for each in found],
        "confidence": [
            _confidence(each.get("probas")) if name else None
            for each, name in zip(found, names, strict=True)
        ],
    }
    return Found(columns, lines.numbers, lines.rejects, lines.text)


def _speaker(name: str, ids: list[str] | None) -> str:
    """Whom it is: several ids are several people of that name, so the name alone is certain."""
    if name and ids and len(ids) == 1 and is_wikidata(ids[0]):
        return ids[0]
    return reference(name)


def _confidence(candidates: Any) -> float | None:
    """The share of the likeliest speaker, who is the first; None when it cannot be made out."""
    try:
        share = float(candidates[0][1])
    except (TypeError, ValueError, LookupError):
        return None
    return share if 0 <= share <= 1 else None


def _are_sound(found: list[Object]) -> bool:
    """Whether no line has a fault, by whole columns: they seldom have."""
    keys: list[Any] = [each.get("quoteID") for each in found]
    counts = [1 if (n := each.get("numOccurrences")) is None else n for each in found]
    lists = [
        values for each in found for n in ("qids", "urls") if (values := each.get(n)) is not None
    ]
    return (
        _types(keys) <= {str}
        and "".join(keys).isprintable()
        and all(0 < len(key) <= LONGEST_ID for key in keys)
        and _types(each.get("quotation") for each in found) <= {str}
        and _types(counts) <= {int}
        and all(0 < count <= _MOST for count in counts)
        and _types(each.get(n) for each in found for n in ("speaker", "date")) <= {str, type(None)}
        and _types(lists) <= {list}
        and _types(chain.from_iterable(lists)) <= {str}
    )


def _types(values: Iterable[Any]) -> set[type]:
    return set(map(type, values))


def _fault(found: Object) -> str:
    key, count = found.get("quoteID"), found.get("numOccurrences")
    if not isinstance(key, str) or not key or len(key) > LONGEST_ID or not key.isprintable():
        return f"quoteID is no id of at most {LONGEST_ID} letters"
    if not isinstance(found.get("quotation"), str):
        return "quotation is no text"
    if count is not None and (type(count) is not int or not 1 <= count <= _MOST):
        return "numOccurrences is no number from 1"
    return text_or_nothing(found, "speaker", "date") or texts(found, "qids") or texts(found, "urls")


QUOTEBANK = Kind(_blocks, _read)
