"""Data as Markdown that says just what the data says: nothing in it is markup."""

from __future__ import annotations

import re

from dashboard.plain import CONTROL

# Every ASCII punctuation mark may be escaped in CommonMark; so all are, and none can start
# emphasis, a link, a directive (`:red[…]`), LaTeX or an automatic address.
_MARKUP = re.compile(r"([!-/:-@\[-`{-~])")
# Streamlit replaces these in parsed text, where a backslash no longer helps: emoji codes, arrows,
# and bare addresses (https://…, www.…, …@…). A word joiner, which has no width, keeps them apart;
# at a text's end too, where a colon of ours may follow.
_CODES = re.compile(
    r":(?=[\w+-]+:|[a-zA-Z][\w+-]*$|//)|<(?=-)|-(?=[->])|[<>~](?==)|@(?=[\w-])|(?i:www)(?=\.)"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
JOINER = "\u2060"


def escape(text: str) -> str:
    """Text from data, as one line of Markdown that shows it literally.

    Control characters, line breaks and direction overrides become spaces; text that has letters of
    a right-to-left script is isolated, so that it does not reorder what stands beside it.
    """
    plain = CONTROL.sub(" ", text).strip()  # four spaces in front would make it code
    plain = _CODES.sub(lambda found: found.group() + JOINER, plain)
    escaped = _MARKUP.sub(r"\\\1", plain)
    return f"\u2068{escaped}\u2069" if _RIGHT_TO_LEFT.search(plain) else escaped


def link(label: str, address: str) -> str:
    """A Markdown link; `label` is Markdown already, `address` must be checked by the caller."""
    safe = address.replace("\\", "%5C").replace("(", "%28").replace(")", "%29")
    return f"[{label}]({safe.replace('<', '%3C').replace('>', '%3E').replace(' ', '%20')})"
