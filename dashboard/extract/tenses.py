"""Owns telling whether a clause speaks of what was or of what is to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

PAST, FUTURE, PRESENT, UNKNOWN = "past", "future", "present", ""
WILL = frozenset(
    {
        "will", "'ll", "’ll", "wo", "shall", "would", "'d", "’d", "may", "might", "could",
        "should", "must", "can", "ca",
    }
)  # fmt: skip
# What they govern is still to come, whatever their own tense: "was scheduled to meet on Friday".
PLANNING = frozenset(
    {
        "agree", "aim", "announce", "call", "delay", "due", "expect", "hope", "intend", "need",
        "order", "plan", "poise", "postpone", "prepare", "promise", "propose", "schedule", "set",
        "slate", "threaten", "vow", "want", "wish", "expected", "scheduled", "planned", "ready",
        "likely",
    }
)  # fmt: skip


def verb_of(token: Token) -> Token | None:
    """The nearest verb above a token, the token itself included."""
    at = token
    for _ in range(12):
        if at.pos_ in ("VERB", "AUX"):
            return at
        if at.head.i == at.i:
            return None
        at = at.head
    return None


def direction(verb: Token | None) -> str:
    """PAST, FUTURE or PRESENT as a verb's form and what governs it tell; else UNKNOWN."""
    at = verb
    for _ in range(5):
        if at is None:
            return UNKNOWN
        helpers = {c.lower_: c for c in at.children if c.dep_ in ("aux", "auxpass")}
        if helpers.keys() & WILL:
            return UNKNOWN if helpers.keys() & {"have", "’ve", "'ve"} else FUTURE
        own = _form(at, helpers)
        if own != UNKNOWN:
            return own
        above = at.head if at.head.i != at.i else None
        if (
            above is not None
            and above.lemma_.lower() in PLANNING
            and at.dep_ in ("xcomp", "ccomp", "advcl")
        ):
            return FUTURE
        at = verb_of(above) if above is not None else None
    return UNKNOWN


def _form(verb: Token, helpers: dict[str, Token]) -> str:
    """What a verb's own form tells; UNKNOWN for infinitives and participles, which borrow it."""
    planning = verb.lemma_.lower() in PLANNING
    present = bool(helpers.keys() & {"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"})
    if verb.tag_ == "VBD":
        return PAST
    if verb.tag_ in ("VBZ", "VBP"):
        due = any(c.lower_ in PLANNING for c in verb.children if c.dep_ == "acomp")
        return FUTURE if due else PRESENT
    if verb.tag_ == "VBG":
        if present:
            return PRESENT
        return PAST if helpers.keys() & {"was", "were", "been"} else UNKNOWN
    if verb.tag_ == "VBN":
        if planning and verb.dep_ in ("acl", "amod", "relcl", "ROOT", "ccomp", "conj"):
            return FUTURE
        if (
            helpers.keys() & {"has", "have", "had", "was", "were", "'ve", "’ve"}
            or verb.dep_ == "acl"
        ):
            return PAST
        return FUTURE if present else UNKNOWN
    return UNKNOWN
