"""What Streamlit takes a page's texts for: their Markdown, wherever it reads Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.test_markdown import PLAIN, REPLACED, tokens

# Our own directives, `:red[…]` and `:material/home:`; none of them is escaped.
DIRECTIVE = re.compile(r"(?<!\\):(?:[a-z]+(?:-[a-z]+)*\[|material/\w+:)")


def structure(markdown: str) -> Counter[str]:
    """Everything in a text but text: elements, links with their addresses, directives, codes."""
    found: Counter[str] = Counter()
    for token in tokens(markdown):
        if token.type in ("text", "text_special"):
            found.update(match.group() for match in REPLACED.finditer(token.content))
        elif token.type not in PLAIN:
            address = str(token.attrs.get("href", "")).split(":~:text=")[0]  # words may follow
            found[f"{token.type} {address}".strip()] += 1
    found.update(DIRECTIVE.findall(markdown))
    return found


def read_as_markdown(app: AppTest) -> Iterator[str]:
    """Every text of a page that Streamlit reads as Markdown: bodies, labels, tips, choices."""
    waiting: list[Any] = [app._tree]
    while waiting:
        node = waiting.pop()
        waiting += getattr(node, "children", {}).values()
        proto = getattr(node, "proto", None)
        for name in ("body", "label", "help"):
            yield str(getattr(proto, name, "") or "")
        if node.type in ("button_group", "pills", "segmented_control"):
            yield from (option.content for option in proto.options)
        if node.type == "radio":
            yield from proto.options


def structures(app: AppTest) -> Counter[str]:
    """The structure of a whole page."""
    assert not app.exception
    return sum((structure(text) for text in read_as_markdown(app)), Counter())
