"""Owns reading what is given: which formats are taken, how much of them, and in which language."""

from __future__ import annotations

import re
from pathlib import PurePath

from dashboard.extract.given import Input, InputError, Metadata
from dashboard.review.draft import LARGEST_TEXT

LARGEST_PAGE = 2_000_000  # bytes of HTML, of which most is not text
FEWEST_WORDS = 15

PLAIN = (".txt", ".text", "")
MARKDOWN = (".md", ".markdown")
PAGE = (".html", ".htm", ".xhtml")
# What a file begins with when it is not text, and what to call it.
MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a Word, OpenDocument or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "a rich text file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image or a recording"),
    (b"\x1f\x8b", "a compressed file"),
)
HTML_START = re.compile(
    rb"\s*(?:<!--.*?-->\s*)?(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.I
)
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
# No line of text has them. Tab, line feed, form feed and carriage return do occur.
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
# Frequent in English, and rare as words of the languages around it: no "in", "was", "is", "of".
LITTLE_WORDS = (
    "the and to that with from it its said says has they their them would which who be are"
    " this these not by but his she were been about you your after when what there if than because"
    " could more people into out while"
)
ENGLISH = frozenset(LITTLE_WORDS.split())
ENGLISH_SHARE = 0.05  # of all words; English news has 0.2


def read_input(name: str, raw: bytes, *, charset: str = "") -> Input:
    """Read an article: the name's suffix tells the format, an empty name is text that was pasted.

    Plain text is kept character by character, in UTF-8 only: a checker finds the same offsets and
    hash in the same file. Of Markdown and HTML the plain text that is made here is the text from
    then on, with a blank line between paragraphs. `charset` is what a server said of a page.
    Raises InputError with all that is wrong.
    """
    suffix = PurePath(name).suffix.lower()
    page = suffix in PAGE or (not name and HTML_START.match(raw[:2000]) is not None)
    _refuse(suffix, raw, page=page)
    if page:
        from dashboard.extract.webpage import read_page

        found = read_page(_page_text(raw, charset))
    else:
        text, notes = _text(raw)
        if suffix in MARKDOWN:
            from dashboard.extract.manuscript import read_markdown

            found = read_markdown(text)
        else:
            found = Input(text, Metadata(), notes)
    if faults := text_faults(found.text):
        raise InputError(*faults)
    return found


def text_faults(text: str) -> tuple[str, ...]:
    """All that speaks against reading a text as an English article, each with its remedy."""
    words = len(text.split())
    if not words:
        return ("there is no text; paste the article, or choose another file",)
    faults = []
    if (size := len(text.encode("utf-8", "replace"))) > LARGEST_TEXT:
        faults.append(
            f"the text has {size // 1000} KB, more than {LARGEST_TEXT // 1000}; give one article"
        )
    if words < FEWEST_WORDS:
        faults.append(f"there are only {words} words; give the whole article")
    elif not english(text):
        faults.append("the text does not look English, and only English is read; give another one")
    return tuple(faults)


def english(text: str) -> bool:
    """Whether enough of a text's words are the little words of English.

    They are a fifth of any English text, names or not, and next to nothing of others: in texts of
    this size that tells languages apart as well as a model does.
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(word in ENGLISH for word in words) >= max(1, int(ENGLISH_SHARE * len(words)))


def _refuse(suffix: str, raw: bytes, *, page: bool) -> None:
    """Raise InputError for what is no text at all, before anything reads it."""
    faults = []
    kind = next((kind for magic, kind in MAGIC if raw.startswith(magic)), "")
    if kind:
        faults.append(f"this is {kind}; save the article as .txt, .md or .html, or paste it")
    elif suffix not in (*PLAIN, *MARKDOWN, *PAGE):
        faults.append(f"{suffix[:20]!r} is not read; give a .txt, .md or .html file, or paste it")
    limit, what = (LARGEST_PAGE, "page") if page else (LARGEST_TEXT, "text")
    if len(raw) > limit:
        faults.append(
            f"the {what} has {len(raw) // 1000} KB, more than {limit // 1000}; give one article"
        )
    if not kind and raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        faults.append("the text is in UTF-16; save it in UTF-8")
    elif not kind and b"\x00" in raw:
        faults.append("this is binary, not text; save the article as .txt, .md or .html")
    if faults:
        raise InputError(*faults)


def _text(raw: bytes) -> tuple[str, tuple[str, ...]]:
    notes = ()
    if raw.startswith(b"\xef\xbb\xbf"):
        raw, notes = raw[3:], ("a byte order mark before the text was left out",)  # type: ignore[assignment]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        # Windows-1252 could be guessed, but nobody could then check the offsets in that file.
        raise InputError(
            f"byte {error.start + 1} is not UTF-8; save the text in UTF-8 (an editor's “save as”)"
        ) from None
    if len(CONTROL.findall(text)) > len(text) / 100:
        raise InputError("this is binary, not text; save the article as .txt, .md or .html")
    return text, notes


def _page_text(raw: bytes, charset: str) -> str:
    """A page's characters: UTF-8 if it is that, else what it declares, else Windows-1252 (HTML)."""
    declared = CHARSET.search(raw[:4096])
    names = ("utf-8-sig", charset, declared.group(1).decode("ascii") if declared else "")
    for name in filter(None, names):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("cp1252", "replace")
