"""Owns how statements become rows: which are kept, their words, who and where they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dashboard.checking.check import LONGEST_CELL
from dashboard.extract import circumstances
from dashboard.extract.cues import cue_rate
from dashboard.model import SPOKEN
from dashboard.review.draft import ReviewError, Span, row
from dashboard.review.passages import bare_span
from dashboard.slug import slug

if TYPE_CHECKING:
    from dashboard.extract.finds import Attribution, Speaking
    from dashboard.extract.rows import Rows

UNATTRIBUTED = "not-attributed"
UNSURE = 0.5  # reported speech below that confidence is left out
ANONYMITY = re.compile(
    r"\bcondition (?:of|that)\b[^.]{0,30}\b(?:anonym|not be|name)", re.IGNORECASE
)


def add_statements(rows: Rows) -> None:
    """Rows of the statements that are worth a reviewer's time."""
    found = rows.found
    for attribution, speaking in zip(found.attributions, found.speaking, strict=True):
        spans = tuple(_spans(rows, attribution))
        if not spans or not _worth(rows, attribution, speaking):
            continue
        speaker = rows.actor_ids[speaking.actor] if speaking else UNATTRIBUTED
        spoken = attribution.kind in SPOKEN
        words = " ".join(rows.cut(spans[0]).split()[:4]) if spoken else "reported"
        record = rows.id(f"q-{speaker.split('-')[-1]}-{slug(words, 'words')}")
        when = circumstances.said_on(found.doc, attribution, found.dates)
        where = rows.place_at(
            circumstances.said_at(
                found.doc, attribution, rows.place_spans(), here=found.article.dateline
            )
        )
        day = when.start.isoformat() if when and when.precision == "day" else ""
        inferred = bool(day and when and when.basis == "inferred")
        rows.tables["quotes"].append(
            row(
                "quotes",
                id=record,
                article=rows.article,
                speaker=speaker,
                kind=attribution.kind,
                cue=_cue(rows, attribution),
                said_at=where,
                said_on=day,
                said_basis=("inferred" if inferred else "stated") if day or where else "",
                said_note=when.note if inferred and when else "",
                context=f"Paragraph {rows.paragraph(spans[0][0])} of the article.",
            )
        )
        rows.passages(record, spans, attribution.kind)
        _about(rows, record, attribution, speaker)
        sure = min(attribution.confidence, speaking.confidence if speaking else 0.2)
        rows.review(record, sure, attribution.found_by)
        for n, (other, value) in enumerate(speaking.alternatives if speaking else (), 1):
            rows.alternative(record, n, value, actor=rows.actor_ids[other])


def _worth(rows: Rows, attribution: Attribution, speaking: Speaking | None) -> bool:
    """Spoken words always count; a report needs a speaker, a clause, and some confidence."""
    if attribution.kind in SPOKEN:
        return True
    if speaking is None or attribution.confidence < UNSURE:
        return False
    start, end = attribution.content[0]
    if ANONYMITY.search(rows.found.article.text, max(0, start - 25), end):
        return False  # that tells of the talk, and nothing that was said in it
    spans = (rows.found.doc.char_span(*s, alignment_mode="expand") for s in attribution.content)
    return any(token.pos_ in ("VERB", "AUX") for span in spans if span for token in span)


def _spans(rows: Rows, attribution: Attribution) -> Iterable[Span]:
    """The passages of a statement: what is in quotation marks, or all that is reported."""
    text = rows.found.article.text
    spoken = attribution.kind in SPOKEN
    for start, end in attribution.content:
        pieces: list[Span] = [(start, end)]
        if spoken:
            cut = [(max(start, m.inside[0]), min(end, m.inside[1])) for m in rows.found.marks]
            pieces = [(a, b) for a, b in cut if a < b]
        for a, b in pieces:
            b += spoken and text[b : b + 1] in ("”", '"', "’", "'", "»")
            a -= spoken and text[a - 1 : a] in ("“", '"', "‘", "'", "«")
            try:
                span = bare_span(text, a, b, spoken=spoken)
            except ReviewError:  # no words in it
                continue
            if span[1] - span[0] <= LONGEST_CELL:
                yield span


def _about(rows: Rows, record: str, attribution: Attribution, speaker: str) -> None:
    """Who and where is named in the statement, and to whom it was said."""
    said_to = rows.actor_at(circumstances.addressee(rows.found.doc, attribution))
    if said_to and said_to != speaker:
        rows.link(record, "addressee", actor=said_to)
    for actor in rows.found.actors:
        named = rows.actor_ids[actor.id]
        if named != speaker and _within(actor.mentions, attribution.content):
            rows.link(record, "about", actor=named)
    for place in rows.found.places:
        if _within(place.mentions, attribution.content):
            rows.link(record, "about", place=place.id)


def _cue(rows: Rows, attribution: Attribution) -> str:
    spans = (rows.found.doc.char_span(*s, alignment_mode="expand") for s in attribution.cue)
    words = [token for span in spans if span for token in span]
    if any(token.lower_ == "according" for token in words):
        return "according to"
    if not words:
        return "say"
    return re.sub(r"\s+", " ", max(words, key=cue_rate).lemma_.lower())


def _within(mentions: Iterable[Span], content: Iterable[Span]) -> bool:
    spans = tuple(content)
    return any(a <= start and end <= b for start, end in mentions for a, b in spans)
