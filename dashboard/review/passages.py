"""Owns how a span of the text becomes a passage or a mention, as the format wants it."""

from __future__ import annotations

from dashboard.checking.anchors import digest
from dashboard.checking.passage_rules import FRAGMENT_WORDS
from dashboard.model import SPOKEN
from dashboard.plain import CONTROL
from dashboard.review.draft import (
    Draft,
    ReviewError,
    Row,
    Span,
    find,
    free_id,
    paragraph_of,
    row,
)

OPENING, CLOSING = "“‘«„\"'", "”’»\"'"
MARKS = (("“", "”"), ('"', '"'), ("«", "»"), ("„", "“"))
LONGEST_NAME = 7  # words; what is longer is no name, and would be the article's own words


def trimmed(draft: Draft, start: int, end: int, *, spoken: bool) -> Span:
    """Return the span of a draft's text as `bare_span` does. Raises ReviewError."""
    return bare_span(draft.text, start, end, spoken=spoken)


def bare_span(text: str, start: int, end: int, *, spoken: bool) -> Span:
    """Return the span without space around it; spoken words also without their quotation marks.

    The comma or full stop that a newspaper sets before the closing mark goes with the mark, save a
    full stop that ends a whole sentence. Raises ReviewError when no words are left.
    """

    def bare(start: int, end: int) -> Span:
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        return start, end

    if not 0 <= start < end <= len(text):
        raise ReviewError("the words are not in the text; choose them again")
    start, end = bare(start, end)
    if spoken:
        marked = start < end and text[start] in OPENING
        start, end = bare(start + marked, end)
        closed = start < end and text[end - 1] in CLOSING and _closes(text, start, end)
        start, end = bare(start, end - closed)
        if start < end and text[end - 1] == "," and (closed or text[end : end + 1] in CLOSING):
            start, end = bare(start, end - 1)
    if not any(letter.isalnum() for letter in text[start:end]):
        raise ReviewError("there are no words in it; choose some")
    if spoken and CONTROL.search(text, start, end):
        raise ReviewError("the words run over the end of a line; choose words of one line")
    return start, end


def quoted(draft: Draft, start: int, end: int) -> str:
    """Return the kind of statement that a span looks like: `direct`, `mixed` or `indirect`."""
    text = draft.text
    start, end = trimmed(draft, start, end, spoken=False)
    marked = text[start] in OPENING or (start > 0 and text[start - 1] in OPENING)
    if not marked:
        return "indirect"
    words = text[start:end].strip(OPENING + CLOSING)
    return "direct" if words[:1].isupper() and len(words.split()) > 3 else "mixed"


def in_quotation_marks(text: str, paragraph: Span, span: Span) -> bool:
    """Tell whether all words of a span stand inside the same quotation marks of a paragraph.

    A mark that is opened and not closed runs to the end of its paragraph.
    """
    before, words = text[paragraph[0] : span[0]], text[span[0] : span[1]]
    for opening, closing in MARKS:
        opened = before.rfind(opening) > before.rfind(closing)
        if opening == closing:
            opened = before.count(opening) % 2 == 1
        if opened and closing not in words:
            return True
    # An apostrophe is a closing single mark as well: only its opening one can be told.
    return "‘" in before


def passage_row(draft: Draft, record: str, n: int, span: Span, kind: str) -> Row:
    """Return a passage: its words if they were spoken, else how it begins and ends.

    `kind` is a quote's kind, or "" for a record of another table. Raises ReviewError.
    """
    start, end = trimmed(draft, *span, spoken=kind in SPOKEN)
    number = paragraph_of(draft, start, end)
    where = draft.paragraphs[number - 1]
    if kind in SPOKEN and not in_quotation_marks(draft.text, where, (start, end)):
        raise ReviewError(
            "these words are not inside quotation marks; choose the words inside them, or make"
            " the statement indirect"
        )
    return anchored_row(draft.text, draft.article["id"], number, record, n, (start, end), kind)


def anchored_row(
    text: str, article: str, paragraph: int, record: str, n: int, span: Span, kind: str
) -> Row:
    """Return a passage whose span is trimmed and whose paragraph is known; see `passage_row`."""
    cut = text[slice(*span)]
    words = cut.split()
    ends = {
        "first": _bare(words[:FRAGMENT_WORDS]),
        "last": _bare(words[-FRAGMENT_WORDS:]),
    }
    return row(
        "passages",
        record=record,
        n=str(n),
        article=article,
        paragraph=str(paragraph),
        start=str(span[0]),
        end=str(span[1]),
        sha256=digest(cut),
        **({"exact": cut} if kind in SPOKEN else ends),
    )


def mention_row(draft: Draft, record: str, span: Span) -> Row:
    """Return a mention of an actor or place. Raises ReviewError."""
    table, _ = find(draft, record)
    start, end = trimmed(draft, *span, spoken=False)
    if len(draft.text[start:end].split()) > LONGEST_NAME:
        raise ReviewError(f"a name has at most {LONGEST_NAME} words; choose the name alone")
    return row(
        "mentions",
        id=free_id(draft, f"m-{record}"),
        article=draft.article["id"],
        paragraph=str(paragraph_of(draft, start, end)),
        start=str(start),
        end=str(end),
        **{table.removesuffix("s"): record},
    )


def inserted(draft: Draft, table: str, new: Row, start: int) -> tuple[Row, ...]:
    """Return a table's rows with a new one before those that the article says later."""
    own = draft.article["id"]

    def first(row: Row) -> int:
        anchors = (row,) if table == "mentions" else draft.anchors.get(row["id"], ())
        return min((int(a["start"]) for a in anchors if a["article"] == own), default=-1)

    rows = draft.rows(table)
    at = next((n for n, row in enumerate(rows) if first(row) > start), len(rows))
    return (*rows[:at], new, *rows[at:])


def _closes(text: str, start: int, end: int) -> bool:
    # An apostrophe that ends a word (“the pilots’”) closes nothing unless something was opened.
    mark = text[end - 1]
    return mark not in "’'" or not text[end - 2].isalnum() or text[start - 1 : start] in ("‘", "'")


def _bare(words: list[str]) -> str:
    edges = "".join({letter for word in words for letter in word if not letter.isalnum()})
    joined = " ".join(words)
    return joined.strip(edges + " ") or joined
