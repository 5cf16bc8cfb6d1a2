"""Owns what a reviewer adds from the words of the article: statements, actors, places, events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboard.model import SPOKEN
from dashboard.review import reassign
from dashboard.review.cells import cell_fault, clean
from dashboard.review.decisions import decide, revive
from dashboard.review.draft import (
    ACCEPTED,
    DRAFT,
    Draft,
    ReviewError,
    Row,
    Span,
    find,
    free_id,
    row,
)
from dashboard.review.editing import period, sound
from dashboard.review.naming import NAMES, named, printed
from dashboard.review.passages import inserted, mention_row, passage_row, trimmed
from dashboard.slug import slug

INVISIBLE = str.maketrans("", "", "\u2060\u2068\u2069")
SLUG_WORDS = 4


def find_words(draft: Draft, paragraph: int, words: str, near: int = 0) -> Span:
    """Return where words stand in a paragraph; of several places the one nearest to `near`.

    `near` counts characters from the paragraph's beginning. Space counts as one blank whatever it
    is; all else must be as printed. Raises ReviewError.
    """
    if not 1 <= paragraph <= len(draft.paragraphs):
        raise ReviewError(f"there is no paragraph {paragraph}; choose another")
    first, last = draft.paragraphs[paragraph - 1]
    wanted = " ".join(words.translate(INVISIBLE).split())
    if not wanted:
        raise ReviewError("type or paste words of that paragraph")
    # Blanks of any kind become one character each, so that offsets stay.
    there = "".join(" " if c.isspace() else c for c in draft.text[first:last])
    places = [at for at in range(len(there)) if there.startswith(wanted, at)]
    if not places:
        raise ReviewError(
            f"paragraph {paragraph} does not say that; paste the words as they stand there"
        )
    at = min(places, key=lambda place: abs(place - near))
    return first + at, first + at + len(wanted)


def add_quote(
    draft: Draft, spans: Sequence[Span], *, kind: str, speaker: str, cue: str = "say", by: str
) -> Draft:
    """Return the draft with a further statement; an indirect one waits for its paraphrase.

    Raises ReviewError.
    """
    if find(draft, speaker)[0] != "actors":
        raise ReviewError("choose who says it")
    start, end = trimmed(draft, *spans[0], spoken=kind in SPOKEN)
    # An id is published: it may have words that were spoken, none of the report.
    words = _few(draft.text[start:end]) if kind in SPOKEN else "reported"
    record = free_id(draft, f"q-{speaker.split('-')[-1]}-{slug(words, 'words')}")
    new = row(
        "quotes",
        id=record,
        article=draft.article["id"],
        speaker=speaker,
        kind=kind,
        cue=clean(cue) or "say",
        context="Added in review.",
    )
    _check("quotes", new)
    made = _add(revive(draft, speaker, by), "quotes", new, spans, kind)
    return sound(draft, decide(made, record, ACCEPTED if kind in SPOKEN else DRAFT, by))


def add_event(
    draft: Draft,
    span: Span,
    *,
    title: str,
    start: str,
    precision: str = "day",
    happens: str = "past",
    note: str = "",
    by: str,
) -> Draft:
    """Return the draft with a further event; its date is inferred when a note says how.

    Raises ReviewError.
    """
    record = free_id(draft, f"e-{slug(_few(title), 'event')}")
    if fault := cell_fault("events", "start", clean(start)):
        raise ReviewError(fault)
    first, last = period(date.fromisoformat(clean(start)), precision)
    new = row(
        "events",
        id=record,
        article=draft.article["id"],
        title=clean(title),
        start=first.isoformat(),
        end=last.isoformat() if last else "",
        precision=precision,
        status=happens,
        basis="inferred" if clean(note) else "stated",
        note=clean(note),
    )
    _check("events", new)
    made = _add(draft, "events", new, [span], "")
    return sound(draft, decide(made, record, ACCEPTED, by))


def add_actor(draft: Draft, span: Span, *, name: str, kind: str = "person", by: str) -> Draft:
    """Return the draft with a further actor, named at that span.

    Raises ReviewError.
    """
    new = row("actors", id=free_id(draft, slug(name, "actor")), name=clean(name), kind=kind)
    return _add_named(draft, "actors", new, span, by)


def new_speaker(draft: Draft, quote: str, *, name: str, kind: str = "person", by: str) -> Draft:
    """Return the draft in which somebody new says it. Raises ReviewError."""
    if find(draft, quote)[0] != "quotes":
        raise ReviewError("only a statement has a speaker; choose one")
    new = row("actors", id=free_id(draft, slug(name, "actor")), name=clean(name), kind=kind)
    _check("actors", new)
    made = decide(draft.having(actors=(*draft.rows("actors"), new)), new["id"], ACCEPTED, by)
    return sound(draft, reassign.speaker(made, quote, new["id"], by))


def add_place(draft: Draft, span: Span, *, name: str, by: str, **cells: str) -> Draft:
    """Return the draft with a further place; `cells` are its kind, country, coordinates.

    Raises ReviewError.
    """
    cells = {"kind": "region", **{column: clean(cell) for column, cell in cells.items()}}
    new = row("places", id=free_id(draft, slug(name, "place")), name=clean(name), **cells)
    return _add_named(draft, "places", new, span, by)


def add_mention(draft: Draft, record: str, span: Span) -> Draft:
    """Return the draft in which a span names that actor or place too. Raises ReviewError."""
    table, _ = find(draft, record)
    if table not in ("actors", "places"):
        raise ReviewError("only people and places are named; choose one of them")
    new = mention_row(draft, record, span)
    if any(
        r["start"] == new["start"] and r["end"] == new["end"] for r in draft.anchors.get(record, ())
    ):
        raise ReviewError("these words name it already")
    made = draft.having(mentions=inserted(draft, "mentions", new, int(new["start"])))
    if table == "actors":
        made = named(made, record, *filter(None, map(str.strip, printed(made, new).split(NAMES))))
    return sound(draft, made)


def drop_mention(draft: Draft, mention: str) -> Draft:
    """Return the draft without a mention; the last one stays. Raises ReviewError."""
    table, found = find(draft, mention)
    record = found.get("actor") or found.get("place") or ""
    if table != "mentions" or len(draft.anchors.get(record, ())) < 2:
        raise ReviewError("it is the only place that names it; reject it as a whole instead")
    return draft.having(mentions=[r for r in draft.rows("mentions") if r["id"] != mention])


def _add_named(draft: Draft, table: str, new: Row, span: Span, by: str) -> Draft:
    _check(table, new)
    made = draft.having(**{table: (*draft.rows(table), new)})
    made = add_mention(made, new["id"], span)
    return sound(draft, decide(made, new["id"], ACCEPTED, by))


def _add(draft: Draft, table: str, new: Row, spans: Sequence[Span], kind: str) -> Draft:
    passages = [
        passage_row(draft, new["id"], n, span, kind) for n, span in enumerate(spans, start=1)
    ]
    rows = inserted(draft, table, new, int(passages[0]["start"]))
    return draft.having(**{table: rows}, passages=(*draft.rows("passages"), *passages))


def _check(table: str, new: Row) -> None:
    faults = [cell_fault(table, column, cell) for column, cell in new.items()]
    if told := [fault for fault in faults if fault]:
        raise ReviewError("; ".join(told))


def _few(text: str) -> str:
    return " ".join(text.split()[:SLUG_WORDS])
