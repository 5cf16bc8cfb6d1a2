"""Owns a library's spoken words as Web Annotations of the pages that printed them.

The model: https://www.w3.org/TR/annotation-model/. A corpus knows no positions in a page: the
words themselves are the selector, and statements without words or a page have no annotation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.exports.annotations import CONTEXT, MEDIA_TYPE, Node, filled, fragment, text
from dashboard.exports.json_text import json_text
from dashboard.exports.of_library.streamed import StreamedFormat
from dashboard.links import is_web, passage_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.exports.of_library.streamed import Asked
    from dashboard.library.answers import Quotation


def _write(asked: Asked) -> Iterator[bytes]:
    head = {"@context": CONTEXT, "id": f"{asked.page}library#annotations", "type": "AnnotationPage"}
    before = json_text(head)[:-1] + b', "items": [\n'
    for batch in asked.statements():
        items = [_annotation(said, asked.page) for said in batch if said.words and is_web(said.url)]
        if items:
            yield before + b",\n".join(map(json_text, items))
            before = b",\n"
    yield b"\n]}\n" if before == b",\n" else before + b"]}\n"


def _annotation(said: Quotation, page: str) -> Node:
    named = [said.speaker, *said.about, said.said_at, *said.about_places, said.topic]
    tags = [text(each.name, "tagging") for each in named if each]
    selectors: list[Node] = [{"type": "TextQuoteSelector", "exact": said.words}]
    address = passage_url(said.url, exact=said.words, first="", last="")
    if address not in ("", said.url):
        selectors.append(fragment(address))
    return {
        "id": f"{page}words?{urlencode({'quote': said.key})}",
        "type": "Annotation",
        "motivation": "describing",
        "body": filled([text(said.context), *tags]),
        "target": {"type": "SpecificResource", "source": said.url, "selector": selectors},
    }


ANNOTATIONS = StreamedFormat(
    "annotations.jsonld", MEDIA_TYPE, "Passages as Web Annotations (JSON-LD)", _write
)
