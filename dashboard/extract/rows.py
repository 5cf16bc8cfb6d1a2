"""Owns how finds become rows of the story format, each undecided, with passage and confidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from dashboard.checking.anchors import digest, is_named
from dashboard.checking.check import LONGEST_CELL
from dashboard.extract import circumstances
from dashboard.model import SPOKEN
from dashboard.plain import line
from dashboard.review import placeholders
from dashboard.review.copying import is_short
from dashboard.review.draft import DRAFT, Draft, ReviewError, Row, Span, row
from dashboard.review.passages import anchored_row, bare_span
from dashboard.schema import TABLES
from dashboard.slug import slug

if TYPE_CHECKING:
    from dashboard.extract.finding import Found
    from dashboard.extract.finds import Attribution, Speaking

PROGRAM = "dateline 0.1"
UNATTRIBUTED = "not-attributed"
GOVERNMENT = "government"  # Russia that speaks, beside Russia where it is
UNSURE = 0.5  # reported speech below that confidence is left out
ANONYMITY = re.compile(
    r"\bcondition (?:of|that)\b[^.]{0,30}\b(?:anonym|not be|name)", re.IGNORECASE
)
JOURNEY = re.compile("(?:Trip|Visit|Journey) to ")
PREPOSITION = re.compile(r",|\b(?:of|for|in|at|on|to|from|with|who|that|and)\b")


def draft_of(found: Found, wanted: str = "") -> Draft:
    """The draft story of what was found; its slug is the wanted one, else the headline's."""
    return _Rows(found).draft(wanted)


def brief(role: str) -> str:
    """A role in so few words that it is a fact, and no sentence of the article's."""
    if is_short(role):
        return role
    words = role.split()
    while not is_short(" ".join(words)):
        words.pop()
    short = " ".join(words)
    ends = [m.start() for m in PREPOSITION.finditer(short) if m.start()]
    return (short[: ends[-1]] if ends else short).strip(" ,;") or "Not named"


@dataclass
class _Rows:
    """The rows as they come together; an id is taken once."""

    found: Found
    rows: dict[str, list[Row]] = field(default_factory=lambda: {table: [] for table in TABLES})
    ids: set[str] = field(default_factory=set)

    def draft(self, slug_wanted: str) -> Draft:
        """All rows, in a draft; what no record names is left out."""
        article = self.found.article
        self.name = self._id(slug(article.headline, "article"))
        self.published = article.published or date.today()
        for place in self.found.places:
            self._id(place.id)
        self.actor_ids = {a.id: self._id(a.id, GOVERNMENT) for a in self.found.actors}
        self._quotes()
        self._events()
        self._actors()
        self._places()
        self._article()
        title = article.headline or placeholders.HEADLINE
        return Draft(
            slug=slug_wanted or slug(title, "story"),
            title=title,
            description=f"Who said what, where, about whom in one article: {title}",
            text=article.text,
            tables={table: tuple(rows) for table, rows in self.rows.items()},
        )

    def _quotes(self) -> None:
        found = self.found
        for attribution, speaking in zip(found.attributions, found.speaking, strict=True):
            spans = tuple(self._spans(attribution))
            if not spans or not self._worth(attribution, speaking):
                continue
            speaker = self.actor_ids[speaking.actor] if speaking else UNATTRIBUTED
            spoken = attribution.kind in SPOKEN
            words = " ".join(self._cut(spans[0]).split()[:4]) if spoken else "reported"
            record = self._id(f"q-{speaker.split('-')[-1]}-{slug(words, 'words')}")
            when = circumstances.said_on(found.doc, attribution, found.dates)
            where = self._place_at(
                circumstances.said_at(
                    found.doc, attribution, self._place_spans(), here=found.article.dateline
                )
            )
            day = when.start.isoformat() if when and when.precision == "day" else ""
            inferred = bool(day and when and when.basis == "inferred")
            self.rows["quotes"].append(
                row(
                    "quotes",
                    id=record,
                    article=self.name,
                    speaker=speaker,
                    kind=attribution.kind,
                    cue=self._cue(attribution),
                    said_at=where,
                    said_on=day,
                    said_basis=("inferred" if inferred else "stated") if day or where else "",
                    said_note=when.note if inferred and when else "",
                    context=f"Paragraph {self._paragraph(spans[0][0])} of the article.",
                )
            )
            self._passages(record, spans, attribution.kind)
            self._about(record, attribution, speaker)
            sure = min(attribution.confidence, speaking.confidence if speaking else 0.2)
            self._review(record, sure, attribution.found_by)
            for n, (other, value) in enumerate(speaking.alternatives if speaking else (), 1):
                self._alternative(record, n, value, actor=self.actor_ids[other])

    def _worth(self, attribution: Attribution, speaking: Speaking | None) -> bool:
        """Spoken words always count; a report needs a speaker, a clause, and some confidence."""
        if attribution.kind in SPOKEN:
            return True
        if speaking is None or attribution.confidence < UNSURE:
            return False
        start, end = attribution.content[0]
        if ANONYMITY.search(self.found.article.text, max(0, start - 25), end):
            return False  # that tells of the talk, and nothing that was said in it
        spans = (self.found.doc.char_span(*s, alignment_mode="expand") for s in attribution.content)
        return any(token.pos_ in ("VERB", "AUX") for span in spans if span for token in span)

    def _spans(self, attribution: Attribution) -> Iterable[Span]:
        """The passages of a statement: what is in quotation marks, or all that is reported."""
        text = self.found.article.text
        spoken = attribution.kind in SPOKEN
        for start, end in attribution.content:
            pieces: list[Span] = [(start, end)]
            if spoken:
                cut = [(max(start, m.inside[0]), min(end, m.inside[1])) for m in self.found.marks]
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

    def _about(self, record: str, attribution: Attribution, speaker: str) -> None:
        """Who and where is named in the statement, and to whom it was said."""
        said_to = self._actor_at(circumstances.addressee(self.found.doc, attribution))
        if said_to and said_to != speaker:
            self._link(record, "addressee", actor=said_to)
        for actor in self.found.actors:
            named = self.actor_ids[actor.id]
            if named != speaker and _within(actor.mentions, attribution.content):
                self._link(record, "about", actor=named)
        for place in self.found.places:
            if _within(place.mentions, attribution.content):
                self._link(record, "about", place=place.id)

    def _events(self) -> None:
        for event in self.found.events:
            record = self._id(f"e-{slug(' '.join(event.title.split()[:4]), 'event')}")
            when = event.when
            journey = JOURNEY.match(event.title) is not None
            self.rows["events"].append(
                row(
                    "events",
                    id=record,
                    article=self.name,
                    title=event.title,
                    start=when.start.isoformat(),
                    end=when.end.isoformat() if when.end else "",
                    precision=when.precision,
                    status=event.status,
                    place="" if journey else self._place_at(event.place),
                    basis=when.basis,
                    note=when.note,
                )
            )
            try:
                spans = (bare_span(self.found.article.text, *event.passage, spoken=False),)
            except ReviewError:
                self.rows["events"].pop()
                continue
            self._passages(record, spans, "")
            if journey and (there := self._place_at(event.place)):
                self._link(record, "destination", place=there)
            taking = dict.fromkeys(map(self._actor_at, event.participants))
            for actor in filter(None, taking):
                self._link(record, "participant", actor=actor)
            self._review(record, event.confidence, "rules")

    def _actors(self) -> None:
        """Those who speak, may have spoken, are spoken of or to, take part; whom they belong to."""
        named = {quote["speaker"] for quote in self.rows["quotes"]}
        named |= {other["actor"] for t in ("links", "alternatives") for other in self.rows[t]}
        belongs = {self.actor_ids[a.id]: a.member_of for a in self.found.actors if a.member_of}
        for one in tuple(named):
            above = belongs.get(one)
            while above:
                named.add(self.actor_ids[above])
                above = belongs.get(self.actor_ids[above])
        for actor in self.found.actors:
            if (record := self.actor_ids[actor.id]) not in named:
                continue
            # A name of many words is a part of a sentence, and that is the article's.
            spans = [span for span in actor.mentions if is_short(self._cut(span))]
            names = [line(name) for name in actor.aliases if is_short(name)]
            for span in spans:
                if names and not is_named(self._cut(span), names):
                    names.append(line(self._cut(span)).replace("|", " "))
            self.rows["actors"].append(
                row(
                    "actors",
                    id=record,
                    name=brief(line(actor.name)),
                    kind=actor.kind,
                    role=brief(line(actor.role)),
                    member_of=self.actor_ids.get(actor.member_of, ""),
                    member_basis=actor.member_basis,
                    member_note=actor.member_note,
                    aliases="|".join(dict.fromkeys(names)),
                )
            )
            self._mentions("actor", record, spans)
            self._review(record, actor.confidence, "rules")
        if UNATTRIBUTED in named:
            name = "Not attributed"
            self.rows["actors"].append(row("actors", id=UNATTRIBUTED, name=name, kind="group"))
            self._review(UNATTRIBUTED, 0.0, "rules")

    def _places(self) -> None:
        for place in self.found.places:
            chosen = place.chosen
            pinned = chosen.kind != "country"
            named = any(is_named(self._cut(span), [place.name]) for span in place.mentions)
            printed = self._cut(place.mentions[0])  # the gazetteer may spell it otherwise
            name = place.name if named else printed.title() if printed.isupper() else printed
            self.rows["places"].append(
                row(
                    "places",
                    id=place.id,
                    name=name,
                    kind=chosen.kind,
                    country=chosen.country,
                    latitude=f"{chosen.latitude:.5f}" if pinned else "",
                    longitude=f"{chosen.longitude:.5f}" if pinned else "",
                    geonames=str(chosen.geonames or ""),
                )
            )
            spans = [span for span in place.mentions if is_named(self._cut(span), [name])]
            self._mentions("place", place.id, spans)
            self._review(place.id, chosen.confidence, "gazetteer")
            for n, other in enumerate(place.alternatives, 1):
                self._alternative(
                    place.id,
                    n,
                    other.confidence,
                    name=other.name,
                    country=other.country,
                    latitude=f"{other.latitude:.5f}",
                    longitude=f"{other.longitude:.5f}",
                    geonames=str(other.geonames or ""),
                )

    def _article(self) -> None:
        article, text = self.found.article, self.found.article.text
        speakers = {quote["speaker"] for quote in self.rows["quotes"]} - {UNATTRIBUTED}
        dated = article.published is not None
        self.rows["articles"].append(
            row(
                "articles",
                id=self.name,
                headline=article.headline or placeholders.HEADLINE,
                publisher=article.publisher or placeholders.PUBLISHER,
                republisher=article.republisher,
                url=article.url,
                dateline=self._place_at(article.dateline),
                published=self.published.isoformat(),
                published_basis=article.published_basis if dated else "inferred",
                published_note=article.published_note
                if dated
                else "The text has no date: this is the day on which the draft was made.",
                language=article.language,
                standfirst=placeholders.standfirst(len(self.rows["quotes"]), len(speakers)),
                words=str(sum(len(text[a:b].split()) for a, b in article.paragraphs)),
                paragraphs=str(len(article.paragraphs)),
                characters=str(len(text)),
                text_sha256=digest(text),
            )
        )

    def _passages(self, record: str, spans: Sequence[Span], kind: str) -> None:
        for n, span in enumerate(spans, 1):
            number = self._paragraph(span[0])
            self.rows["passages"].append(
                anchored_row(self.found.article.text, self.name, number, record, n, span, kind)
            )

    def _mentions(self, column: str, record: str, spans: Iterable[Span]) -> None:
        for start, end in sorted(spans):
            if not (number := self._paragraph(start)):
                continue
            self.rows["mentions"].append(
                row(
                    "mentions",
                    id=self._id(f"m-{record}"),
                    article=self.name,
                    paragraph=str(number),
                    start=str(start),
                    end=str(end),
                    **{column: record},
                )
            )

    def _review(self, record: str, confidence: float, found_by: str) -> None:
        self.rows["reviews"].append(
            row(
                "reviews",
                record=record,
                status=DRAFT,
                decided_by=f"{PROGRAM}, {found_by}",
                confidence=f"{min(1.0, max(0.0, confidence)):.2f}",
            )
        )

    def _alternative(self, record: str, n: int, confidence: float, **cells: str) -> None:
        value = f"{min(1.0, max(0.0, confidence)):.2f}"
        self.rows["alternatives"].append(
            row("alternatives", record=record, n=str(n), confidence=value, **cells)
        )

    def _link(self, record: str, role: str, **named: str) -> None:
        self.rows["links"].append(row("links", record=record, role=role, **named))

    def _id(self, wanted: str, second: str = "") -> str:
        """An id that nothing has: the wanted one, else with `second`, else with a number."""
        number, made = 1, wanted
        while made in self.ids:
            made = f"{wanted}-{second or number + 1}"
            number, second = number + 1, ""
        self.ids.add(made)
        return made

    def _paragraph(self, start: int) -> int:
        """The number of the paragraph in which a character stands; 0 outside of all."""
        spans = enumerate(self.found.article.paragraphs, 1)
        return next((n for n, (a, b) in spans if a <= start < b), 0)

    def _cut(self, span: Span) -> str:
        return self.found.article.text[slice(*span)]

    def _cue(self, attribution: Attribution) -> str:
        from dashboard.extract.cues import cue_rate

        spans = (self.found.doc.char_span(*s, alignment_mode="expand") for s in attribution.cue)
        words = [token for span in spans if span for token in span]
        if any(token.lower_ == "according" for token in words):
            return "according to"
        if not words:
            return "say"
        return re.sub(r"\s+", " ", max(words, key=cue_rate).lemma_.lower())

    def _place_spans(self) -> tuple[Span, ...]:
        return tuple(span for place in self.found.places for span in place.mentions)

    def _place_at(self, span: Span | None) -> str:
        return _named_at(span, ((p.id, p.mentions) for p in self.found.places))

    def _actor_at(self, span: Span | None) -> str:
        return _named_at(span, ((self.actor_ids[a.id], a.mentions) for a in self.found.actors))


def _within(mentions: Iterable[Span], content: Iterable[Span]) -> bool:
    spans = tuple(content)
    return any(a <= start and end <= b for start, end in mentions for a, b in spans)


def _named_at(span: Span | None, known: Iterable[tuple[str, tuple[Span, ...]]]) -> str:
    """The id of what is named within a span, or around it; "" when nothing is."""
    if span is None:
        return ""
    for name, mentions in known:
        if any(a < span[1] and span[0] < b for a, b in mentions):
            return name
    return ""
