"""Owns whom a phrase means: a name, "he", "the minister", "a senior official", "the company".

An article is read in its order; each speaker is resolved with what was said before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.extract.appositions import STOPS, Role, phrase_start
from dashboard.extract.attention import FAR, Attention, Ranked, shares
from dashboard.extract.descriptions import (
    Phrase,
    nations_in,
    phrase_of,
    plain_words,
    proper_end,
    trimmed,
    wording,
)
from dashboard.extract.lexicon import Noun, alike, noun, plural, singular
from dashboard.extract.referents import Referent

if TYPE_CHECKING:
    from spacy.tokens import Token

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
THEY = frozenset({"they", "them", "their", "theirs"})
IT = frozenset({"it", "its", "itself"})
OURS = frozenset({"i", "me", "my", "we", "us", "our", "you"})
WHO = frozenset({"who", "which", "that", "this"})
COUNTING = frozenset({"one", "some", "many", "another", "others", "several", "most", "both", "few"})
BODIES = frozenset({"organization", "government"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
NO_ACTORS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"})
LIKELY = 2.0  # weight from which on a description fits


@dataclass(eq=False)
class Reading(Attention):
    """Where the reading of an article is, up to the token that is `reached`."""

    reached: int = 0

    def read_to(self, at: int, speakers: frozenset[int]) -> None:
        """Resolves the subjects up to a token that are no speakers: they may be meant later on."""
        doc = self.cast.doc
        for token in doc[self.reached : at]:
            if token.dep_ not in SUBJECTS or token.i in self.quoted or token.i in speakers:
                continue
            if token.i in self.cast.by_token:
                self.meant[token.i] = [(self.cast.by_token[token.i], 0.9)]
                continue
            found = noun(token.text)
            if token.lower_ in ("he", "she") or (
                found and found.kind == "person" and not plural(token.text) and token.pos_ == "NOUN"
            ):
                first = token.i if token.pos_ == "PRON" else phrase_start(doc, token.i)
                ranked = self.speaker(first, token.i + 1)
                if ranked:
                    self.meant[token.i] = ranked
                    self.see(ranked[0][0], token.i)
        self.reached = max(self.reached, at)

    def speaker(self, first: int, last: int) -> Ranked:
        """Whom a phrase (tokens from first to last) means; nobody when it is "I" or empty."""
        doc = self.cast.doc
        first, last = trimmed(doc, first, last)
        if first >= last:
            return []
        only = doc[first]
        if last - first == 1 and only.tag_ == "PRP$" and noun(only.head.text):
            last = max(last, min(only.head.i + 1, first + 5))  # "its" of "its chairman"
        named = self._named(first, last)
        if named is not None:
            return [(named, 0.95), *self._namesakes(named)]
        word = doc[first].lower_
        if proper_end(doc, first, last) == first + 1 and word in HE | SHE | THEY | IT | OURS | WHO:
            return self._pronoun(doc[first])
        return self._described(phrase_of(doc, first, last))

    def _named(self, first: int, last: int) -> Referent | None:
        """The referent that the phrase names: at its head, or in apposition to that."""
        doc, cast = self.cast.doc, self.cast
        end = proper_end(doc, first, last)
        if end - 1 in cast.by_token:
            return cast.by_token[end - 1]
        phrase = phrase_of(doc, first, last)
        if phrase.head in cast.by_role or phrase.several:
            return cast.by_role.get(phrase.head)
        if end + 2 < len(doc) and doc[end].text == "," and end + 1 in cast.by_token:
            beside = cast.by_token[end + 1]  # "her longtime X, NAME, …", of whatever trade
            after = next((t for t in doc[end + 1 :] if cast.by_token.get(t.i) is not beside), None)
            if beside.kind == "person" and after is not None and after.text in STOPS:
                return beside
        return None

    def _namesakes(self, referent: Referent) -> Ranked:
        last = referent.words[-1].lower()
        return [
            (other, 0.04)
            for other in self.cast.named
            if other is not referent and other.kind == "person" and other.words[-1].lower() == last
        ][:4]

    def _pronoun(self, token: Token) -> Ranked:
        word = token.lower_
        if word in HE | SHE:
            return self.salient(token.i, {"person"}, gender="m" if word in HE else "f")
        if word in THEY:
            return self.salient(token.i, BODIES | {"group"}, several=True)
        if word in IT:
            return self.salient(token.i, BODIES)
        return self.salient(token.i, BODIES | {"person", "group"}) if word in WHO else []

    def _described(self, phrase: Phrase) -> Ranked:
        doc = self.cast.doc
        head = doc[phrase.head]
        found = noun(head.text)
        kind = found.kind if found else ""
        if head.lower_ in COUNTING:
            return [(self._one_of(phrase), 0.6)]
        if kind == "document" and (source := self._source(phrase)):
            return source
        age = re.search(r"\b(\d+)\W+year\W+old\b", doc[slice(*phrase.span)].text)
        aged = [r for r in self.cast.named if age and age.group(1) in r.ages]
        if aged:
            return [(aged[0], 0.9)]
        if not kind and not age and head.ent_type_ in NO_ACTORS:
            return []
        if not phrase.another and (same := self._same(phrase)):
            return same
        if phrase.definite and not phrase.another and not phrase.several:
            bare = not phrase.owned and len(phrase.words) <= 2
            if bare and (kind in ("organization", "government") or head.lower_ == "team"):
                near = self.salient(phrase.head, {"organization"}, far=99)
            elif bare and (kind == "person" or age):
                near = self._unplaced(phrase, found.gender if found else "")
            else:
                near = []
            if near:
                return [(referent, min(share, 0.6)) for referent, share in near]
            if kind == "person" and (ahead := self._ahead(phrase)):
                return ahead
        elif kind == "person" and not phrase.several and (ahead := self._ahead(phrase)):
            return ahead
        return [(self._new(phrase), 0.75)]

    def _unplaced(self, phrase: Phrase, gender: str) -> Ranked:
        """Who may be meant by a role that nobody has been given: "the striker" said of a name."""
        near = self.salient(phrase.head, {"person"}, gender=gender, far=1)
        named = [each for each in near if not each[0].anonymous]
        if plain := [each for each in named if not each[0].roles][:1]:
            return [(plain[0][0], 0.5), *((r, 0.2) for r, _ in named if r is not plain[0][0])]
        here = self.paragraph(phrase.head)
        return [
            (referent, share)
            for referent, share in named
            if share > 0.2
            and any(t < phrase.head and self.paragraph(t) == here for t, _ in referent.places)
        ]

    def _ahead(self, phrase: Phrase) -> Ranked:
        """Whom an article's first paragraph describes and the next ones name."""
        if self.paragraph(phrase.head) > 0:
            return []
        lemma = singular(self.cast.doc[phrase.head].text)
        later = [
            r
            for r in self.cast.named
            if r.kind == "person" and 0 < self.paragraph(r.places[0][0]) <= FAR
        ]
        for referent in later:
            if any(alike(role.lemma, lemma) for role in referent.roles):
                return [(referent, 0.6)]
        first = next((r for r in later if self.paragraph(r.places[0][0]) == 1), None)
        if first is None or first.roles or not phrase.definite or first.places[0][1] <= 1:
            return []
        words = wording(self.cast.doc, phrase)
        text = " ".join(self.cast.doc[slice(*phrase.span)].text.split())
        first.add_role(
            Role(
                phrase.head,
                lemma,
                text,
                frozenset(map(str.lower, words)) | phrase.words,
                Noun("person", ""),
            )
        )
        return [(first, 0.5)]

    def _same(self, phrase: Phrase) -> Ranked:
        """Who has been called that: by a role beside a name, or by such a phrase."""
        doc = self.cast.doc
        lemma = singular(doc[phrase.head].text)
        said = plain_words(phrase.words - {doc[phrase.head].lower_, lemma})
        text = " ".join(wording(doc, phrase)).lower()
        weights: dict[Referent, float] = {}
        last = self.spoken[-1][1] if self.spoken else None
        for referent in self.cast.everybody():
            if phrase.several != referent.plural:
                continue
            if not phrase.definite and not (referent.anonymous and text == referent.name.lower()):
                continue
            own = plain_words(word.lower() for word in referent.words)
            best = -9.0
            for role in referent.roles:
                if not alike(role.lemma, lemma):
                    continue
                words = plain_words(role.words) | own
                lacking = said - words
                fit = 3.0 + 0.4 * (role.lemma == lemma) + 0.8 * len(said & words)
                fit -= 1.3 * bool(lacking) + 0.4 * len(lacking)
                fit -= 3.0 * bool(nations_in(said) and nations_in(words) and nations_in(lacking))
                best = max(best, fit)
            if lemma in own and referent.kind in BODIES:
                best = max(best, 3.2 - 1.5 * bool(said - own))
            near = [token for token, _ in referent.places if token < phrase.head]
            apart = self.paragraph(phrase.head) - self.paragraph(max(near)) if near else 6
            best += 1.2 / (1 + apart) + 0.5 * (referent is last) - 0.6 * (not near)
            if best >= LIKELY:
                weights[referent] = best
        return shares(weights)

    def _source(self, phrase: Phrase) -> Ranked:
        """Whose a statement, a report or a survey is."""
        doc, by_token, (first, last) = self.cast.doc, self.cast.by_token, phrase.span
        for token in doc[first : phrase.head]:  # "its statement", "the ministry's report"
            if token.lower_ in IT | HE | SHE | THEY:
                return self._pronoun(token)
            if token.i in by_token and by_token[token.i].kind != "place":
                return [(by_token[token.i], 0.8)]
        for token in doc[phrase.head + 1 : last]:  # "pages of NAME's letters"
            if token.i in by_token and by_token[token.i].kind == "person":
                return [(by_token[token.i], 0.6)]
        sentence_end = doc[phrase.head].sent.end
        for at in range(phrase.head + 1, min(max(last, phrase.head + 8), sentence_end)):
            if doc[at].lower_ in ("by", "from"):
                named = next((t for t in doc[at + 1 : at + 6] if t.i in by_token), None)
                return [(by_token[named.i], 0.75)] if named else self.speaker(at + 1, at + 4)
        return []

    def _one_of(self, phrase: Phrase) -> Referent:
        """ "One", "another", "some": of those that were spoken of last."""
        doc = self.cast.doc
        start = self.paragraphs[self.paragraph(phrase.head)][0]
        one = doc[phrase.head].lower_ in ("one", "another")
        for at in range(phrase.head - 1, start - 1, -1):
            if at in self.quoted or doc[at].pos_ != "NOUN" or not plural(doc[at].text):
                continue
            group = phrase_of(doc, phrase_start(doc, at), at + 1)
            words = wording(doc, group)
            last = singular(doc[at].text) if one else doc[at].text
            return self._add(group, (*words[:-1], last), several=not one)
        return self._new(phrase)

    def _new(self, phrase: Phrase) -> Referent:
        doc = self.cast.doc
        words = wording(doc, phrase)
        owner = next((t for t in doc[phrase.span[0] : phrase.head] if t.tag_ == "POS"), None)
        named = self.cast.by_token.get(owner.i - 1) if owner is not None else None
        if owner is not None and named is not None and named.kind == "person":
            words = (f"{named.name}'s", *doc[owner.i + 1 : phrase.span[1]].text.split())
        return self._add(phrase, words, several=phrase.several)

    def _add(self, phrase: Phrase, words: tuple[str, ...], *, several: bool) -> Referent:
        doc = self.cast.doc
        found = noun(doc[phrase.head].text) or Noun("group" if several else "organization", "")
        kind = found.kind if found.kind != "document" else "organization"
        made = Referent(
            (words[0][0].upper() + words[0][1:], *words[1:]) if words else (doc[phrase.head].text,),
            "group" if several and kind != "government" else kind,
            gender=found.gender,
            anonymous=True,
            plural=several,
        )
        known = frozenset(word.lower().strip("'") for word in made.words) | phrase.words
        if doc[phrase.span[0]].tag_ == "PRP$":
            known |= {doc[phrase.span[0]].lower_}
        made.roles.append(
            Role(phrase.head, singular(doc[phrase.head].text), made.name, known, found)
        )
        made.spans.append(phrase.span)
        self.cast.unnamed.append(made)
        return made
