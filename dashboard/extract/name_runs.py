"""Owns which words of a text are one name: where it begins, and what joins its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.extract.lexicon import (
    HONORIFICS,
    SHORTENED,
    countries,
    kind_of,
    nations,
    noun,
    word_class,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT"})
OPENING = frozenset("“‘\"'([«`—–") | {"``", "''"}
HYPHENS = frozenset("-‐‑")
APOSTROPHES = frozenset("'’")
UNNAMED = frozenset({"DET", "PRON", "ADV", "ADP", "SCONJ", "CCONJ", "VERB", "AUX", "INTJ", "PART"})


def run_end(doc: Doc, at: int, last: int, lower: set[str], capital: set[str]) -> int:
    """Where a run of name words that begins at a token ends; the token itself when none begins.

    `lower` are the article's words in lower case, `capital` those with a capital letter where
    other words have none: a sentence's first word is judged by them.
    """
    if not _begins(doc[at], lower, capital):
        return at
    end = at + 1
    while end < last:
        step = _joins(doc, end, last)
        if not step:
            break
        end += step
    hyphened = end + 1 < last and doc[end].text in HYPHENS and not doc[end - 1].whitespace_
    if hyphened and doc[end + 1].is_lower and not doc[end].whitespace_:  # "Liberian-flagged"
        end -= 1
    return end


def _joins(doc: Doc, at: int, last: int) -> int:
    """How many tokens from here on belong to the name before them."""
    token, before = doc[at], doc[at - 1]
    if _proper(token):
        return 1
    following = doc[at + 1] if at + 1 < last else None
    if following is None:
        return 0
    if token.text == "." and before.lower_ in SHORTENED and _proper(following):
        return 2
    if token.text == "A" and following.text == "/" and at + 2 < last:
        return 3 if capital_word(doc[at + 2]) else 0  # "A/S"
    if token.text in HYPHENS:
        return (
            2 if not before.whitespace_ and not token.whitespace_ and capital_word(following) else 0
        )
    if token.text in APOSTROPHES and before.text.endswith("s") and _proper(following):
        return 2 if _of_organization(following.text) else 0
    if token.text == "&" and _proper(following):
        return 2
    if token.lower_ in word_class("particle") and token.is_lower:
        for ahead in range(at + 1, min(at + 5, last)):
            if _proper(doc[ahead]):
                return ahead + 1 - at
            if doc[ahead].lower_ not in word_class("particle") and doc[ahead].text not in HYPHENS:
                return 0
        return 0
    if token.lower_ in ("of", "for") and kind_of(before.text) == "person":
        return _of_role(doc, at, last)
    if token.lower_ in ("of", "for") and before.lower_ in word_class("going_on"):
        step = 2 if following.lower_ == "the" else 1
        goal = doc[at + step] if at + step < last else None
        return step + 1 if goal is not None and _proper(goal) else 0
    if token.lower_ == "and" and before.ent_type_ == "ORG" == following.ent_type_:
        return 2 if token.ent_type_ == "ORG" and _proper(following) else 0
    return 0


def _of_role(doc: Doc, at: int, last: int) -> int:
    """What goes on from "of" to the name of a person: "Secretary of State NAME"."""
    ahead = at + 1
    while ahead < last and _proper(doc[ahead]):
        if ahead > at + 1 and (
            doc[at + 1].lower_ in word_class("portfolio") or doc[ahead].ent_iob_ == "B"
        ):
            named = doc[ahead].ent_type_ == "PERSON" or doc[at + 1].lower_ in word_class(
                "portfolio"
            )
            return ahead + 1 - at if named else 0
        ahead += 1
    return 0


def _begins(token: Token, lower: set[str], capital: set[str]) -> bool:
    if not _proper(token):
        return False
    if not initial(token):
        return True
    word = token.lower_.rstrip(".")
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    if word in HONORIFICS or word in SHORTENED:
        return following is not None and (
            capital_word(following)
            or following.text == "."
            or following.lower_ in word_class("particle")
        )
    particles = word_class("particle")
    if following is not None and word in particles:
        bare = word in ("de", "van", "von") and capital_word(following)
        if bare or following.lower_ in particles:
            return True
    if (
        following is not None
        and following.lower_ == "of"
        and noun(word)
        and word in word_class("going_on")
    ):
        return capital_word(token.nbor(2)) if token.i + 2 < len(token.doc) else False
    if token.pos_ in UNNAMED:
        return False if token.ent_type_ not in NAMED else token.text in capital
    joined = following is not None and _proper(following) and bool(token.whitespace_)
    if (
        following is not None
        and joined
        and (token.pos_ == "PROPN" or noun(word) or noun(following.text))
    ):
        return word not in nations() or noun(following.text) is not None or word in countries()
    if token.dep_ == "compound" and token.head.is_lower and not token.ent_type_:
        return False  # "Fire officials"
    if token.text in capital:
        return True
    return token.pos_ == "PROPN" and word not in lower and noun(word) is None


def _proper(token: Token) -> bool:
    word = token.lower_.rstrip(".")
    return (
        capital_word(token)
        and word not in word_class("calendar")
        and not (token.pos_ == "PRON" and word in ("i", "it", "he", "she", "we", "they", "you"))
        and word not in ("the", "a", "an", "i", "i'm", "i'll", "and", "but")
    )


def capital_word(token: Token) -> bool:
    """Whether a word begins with a capital letter."""
    return token.text[0].isupper() and (token.is_alpha or token.text[-1] in "." or len(token) > 1)


def initial(token: Token) -> bool:
    """Whether a word stands where any word has a capital letter."""
    if token.is_sent_start or token.i == 0:
        return True
    before = token.nbor(-1)
    return before.is_space or before.text in OPENING or before.text == ":"


def _of_organization(word: str) -> bool:
    return word.lower() in word_class("organized") or kind_of(word) in ("organization", "group")
