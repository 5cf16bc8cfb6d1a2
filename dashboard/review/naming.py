"""Owns the names of an actor or place as printed: `check` wants each mention to be one of them."""

from __future__ import annotations

from dashboard.checking.anchors import is_named
from dashboard.plain import line
from dashboard.review.draft import Draft, Row, change

NAMES = "|"  # what separates names in a list


def names(actor: Row) -> tuple[str, ...]:
    """Return an actor's names as printed."""
    return tuple(name for name in actor["aliases"].split(NAMES) if name)


def named(draft: Draft, actor: str, *further: str) -> Draft:
    """Return the draft in which an actor has these names too, and those of all its mentions."""
    known = [*names(draft.by_id[actor][1]), *further]
    for mention in draft.anchors.get(actor, ()) if known else ():
        text = printed(draft, mention)
        if not is_named(text, known):
            known += [part.strip() for part in text.split(NAMES) if part.strip()]
    return change(draft, actor, aliases=NAMES.join(dict.fromkeys(known)))


def printed(draft: Draft, anchor: Row) -> str:
    """Return the words at a passage or mention, as one line."""
    return line(draft.text[int(anchor["start"]) : int(anchor["end"])])
