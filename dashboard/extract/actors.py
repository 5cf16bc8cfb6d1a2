"""Who the actors of an article are, and which of them says what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dashboard.extract.attention import Ranked
from dashboard.extract.cast import cast_of
from dashboard.extract.coreference import Reading
from dashboard.extract.finds import Actor, Speaking
from dashboard.extract.lexicon import nations
from dashboard.extract.marks import quoted
from dashboard.extract.referents import Cast, Referent
from dashboard.slug import slug

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dashboard.extract.finds import Article, Attribution, Span

MOST_ALTERNATIVES = 4


def find_actors(
    doc: Doc, article: Article, attributions: tuple[Attribution, ...]
) -> tuple[tuple[Actor, ...], tuple[Speaking | None, ...]]:
    """The actors of an article, and who says each attribution, in the order of the attributions.

    Actors are who is named or quoted, in the order in which they appear. Nobody (None) is said to
    speak where a statement has no speaker and none before it is near.
    """
    cast = cast_of(doc, article)
    marks = quoted(article.text, article.paragraphs)
    reading = Reading(
        cast,
        tuple(run for span in article.paragraphs if (run := _tokens(doc, span))),
        frozenset(i for mark in marks if (run := _tokens(doc, mark.inside)) for i in range(*run)),
    )
    said: dict[int, Ranked] = {}
    order = sorted(range(len(attributions)), key=lambda n: _place(attributions[n]))
    runs = {n: _speaker_run(doc, attributions[n]) for n in order}
    speakers = frozenset(i for run in runs.values() if run for i in range(*run))
    for n in order:
        run, words = runs[n], _words(reading, attributions[n])
        reading.read_to(run[0] if run else words, speakers)
        said[n] = reading.speaker(*run) if run else []
        at = doc[slice(*run)].root.i if run else words
        if not said[n] and attributions[n].kind != "indirect":
            reading.read_to(words, speakers)
            said[n], at = reading.leading(words), words
        if said[n]:
            reading.speaks(said[n][0][0], at)
    reading.read_to(len(doc), speakers)
    later = {
        n: reading.silent(_words(reading, attributions[n]))
        for n in order
        if not said[n] and not attributions[n].speaker
    }
    ranked = [said[n] or later.get(n, []) for n in range(len(attributions))]
    speaking = {referent for each in ranked for referent, _ in each}
    leading = [each[0][0] for each in ranked if each]
    everybody = _worth_naming(cast, speaking)
    ids = _ids(doc, everybody)
    actors = tuple(_actor(doc, referent, ids, leading) for referent in everybody)
    return actors, tuple(_speaking(each, ids) for each in ranked)


def _place(attribution: Attribution) -> Span:
    return min((*attribution.speaker, *attribution.cue, *attribution.content))


def _tokens(doc: Doc, span: Span) -> Span | None:
    found = doc.char_span(*span, alignment_mode="expand")
    return (found.start, found.end) if found is not None and len(found) else None


def _speaker_run(doc: Doc, attribution: Attribution) -> Span | None:
    """The tokens of an attribution's speaker; of one without, the name that its cue holds."""
    if attribution.speaker:
        return _tokens(doc, (attribution.speaker[0][0], attribution.speaker[-1][1]))
    for span in attribution.cue:
        run = _tokens(doc, span)
        named = [t.i for t in doc[slice(*run)] if t.pos_ == "PROPN"] if run else []
        if named:
            return named[0], named[-1] + 1
    return None


def _words(reading: Reading, attribution: Attribution) -> int:
    """The token at which a statement's words begin: those in quotation marks, if it has any."""
    runs = [run for span in attribution.content if (run := _tokens(reading.cast.doc, span))]
    spoken = (i for run in runs for i in range(*run) if i in reading.quoted)
    return next(spoken, runs[0][0] if runs else 0)


def _worth_naming(cast: Cast, speaking: set[Referent]) -> list[Referent]:
    """Who is an actor: whoever speaks, and whom the article names as a person or body."""
    doc = cast.doc
    held = {
        nations().get(word)
        for speaker in speaking
        for role in speaker.roles
        if speaker.kind == "person"
        for word in role.words
        if word in nations()
    }  # "Russia's foreign minister": his government is an actor, too

    def worth(referent: Referent) -> bool:
        if referent in speaking:
            return True
        if referent.kind == "government":
            return bool({nations().get(referent.name.lower())} & held)
        if referent.anonymous or referent.kind == "place":
            return False
        if referent.kind == "person":
            known = len(referent.words) > 1 or any(n.honorific or n.titles for n in referent.names)
            return known or bool(referent.roles)
        return len(referent.words) > 1 or len(referent.names) > 1

    found = [referent for referent in cast.everybody() if worth(referent)]
    return sorted(found, key=lambda r: (min(r.spans, default=(len(doc), 0)), r.name))


def _ids(doc: Doc, everybody: Iterable[Referent]) -> dict[Referent, str]:
    ids: dict[Referent, str] = {}
    taken: set[str] = set()
    for referent in everybody:
        base = made = slug(_name(doc, referent)) or "actor"
        n = 2
        while made in taken:
            made, n = f"{base}-{n}", n + 1
        taken.add(made)
        ids[referent] = made
    return ids


def _name(doc: Doc, referent: Referent) -> str:
    """The fullest name; a surname alone keeps its honorific, for it tells a couple apart."""
    alone = len(referent.words) == 1 or referent.words[0].lower() in ("van", "de", "von", "di")
    if not referent.anonymous and referent.kind == "person" and alone:
        name = referent.names[0]
        if name.honorific and not name.titles and all(n.honorific for n in referent.names):
            return doc[slice(*name.run)].text
    return referent.name


def _actor(
    doc: Doc, referent: Referent, ids: dict[Referent, str], leading: list[Referent]
) -> Actor:
    spans = sorted(set(referent.spans))
    mentions = tuple((doc[a].idx, doc[b - 1].idx + len(doc[b - 1])) for a, b in spans)
    name = _name(doc, referent)
    aliases = tuple(dict.fromkeys(doc[a:b].text for a, b in spans))
    member, note = _membership(referent, ids)
    kind = "organization" if referent.kind == "place" else referent.kind or "person"
    role = "" if referent.anonymous else next((r.text for r in referent.roles if r.text), "")
    return Actor(
        id=ids[referent],
        name=name,
        kind=kind,
        role=role[:1].upper() + role[1:],
        member_of=member,
        member_basis="stated" if member else "",
        member_note=note,
        aliases=aliases,
        mentions=mentions,
        confidence=_confidence(referent, referent in leading),
    )


def _membership(referent: Referent, ids: dict[Referent, str]) -> tuple[str, str]:
    """The body whose office somebody holds, if it is among the actors."""
    if referent.kind not in ("person", "group"):
        return "", ""
    for role in referent.roles:
        text = role.text.lower().replace("’", "'")
        for other in ids:
            if other is referent or other.kind not in ("organization", "government"):
                continue
            own = other.name.lower()
            if own in text or any(nations().get(w) == nations().get(own, "-") for w in role.words):
                return ids[other], ""
    return "", ""


def _confidence(referent: Referent, speaks: bool) -> float:
    if referent.anonymous:
        return 0.7
    sure = len(referent.words) > 1 or any(n.honorific or n.titles for n in referent.names)
    return 0.9 if sure and (speaks or referent.roles) else 0.75 if sure else 0.55


def _speaking(ranked: Ranked, ids: dict[Referent, str]) -> Speaking | None:
    if not ranked:
        return None
    (first, confidence), *rest = ranked
    others = tuple(
        (ids[referent], round(share, 3)) for referent, share in rest if referent is not first
    )
    return Speaking(ids[first], round(confidence, 3), others[:MOST_ALTERNATIVES])
