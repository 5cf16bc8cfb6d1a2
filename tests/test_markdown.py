"""Data that looks like markup is shown as it is."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from dashboard.markdown import JOINER, escape, link

GFM = MarkdownIt("gfm-like")
INVISIBLE = re.compile("[\u2060\u2068\u2069]")
PLAIN = {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
# What Streamlit's renderer replaces in text that is parsed already, escaped or not; read in its
# JavaScript and tried in Chromium (Streamlit 1.67).
REPLACED = re.compile(
    r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)|:[+0-9a-z_-]+:|https?://|www\.|[-.\w+]@[-\w]",
    re.IGNORECASE,
)
HOSTILE = [
    "*a* _b_ **c** __d__ ***e*** ~~f~~ ~g~",
    "`a` ``b`` ```c```",
    "```",
    "~~~",
    "    four spaces",
    "\tindented",
    "# heading",
    "heading\n===",
    "heading\n---",
    "---",
    "***",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "1) item",
    "- [ ] task",
    "> quoted",
    "| a | b |\n| - | - |\n| c | d |",
    "[a](https://evil.example)",
    "[a][b]\n\n[b]: https://evil.example",
    "![a](https://evil.example/a.png)",
    "[^1]\n\n[^1]: note",
    "<https://evil.example>",
    "<ada@evil.example>",
    "https://evil.example/a?b=c",
    "HTTP://evil.example",
    "www.evil.example",
    "(WWW.evil.example)",
    "ada@evil.example",
    "<script>alert(1)</script>",
    "<b onclick=alert(1)>b</b>",
    "<!-- comment -->",
    "<?php ?>",
    "&lt;b&gt; &amp; &#42; &copy; &nbsp;",
    "\\*a\\* \\",
    "line  \nbreak\\\nbreak",
    "paragraph\n\nparagraph",
    "$a$ $$b$$ \\(c\\)",
    ":red[a] :material/home: :blue-background[b] :small[c] :color[d]{foreground=red}",
    ":smile: :+1: :streamlit:",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    "^[a] ==b== {c} %d% !e",
    "a\u2028b\u2029c\x00d\x1be\x85f",
    "a\u202eb\u2066c\u2069d",
    "سلام *a*",
    "🙂 ‘quotes’ “too” – —",
]


def tokens(markdown: str) -> list[Token]:
    return [inner for token in GFM.parse(markdown) for inner in (token, *(token.children or ()))]


def shown(markdown: str) -> str:
    """The text that a reader sees, without what has no width."""
    text = "".join(t.content for t in tokens(markdown) if t.type in ("text", "text_special"))
    return INVISIBLE.sub("", text)


def literal(text: str) -> str:
    """The text as one line: what `escape` promises to show. Markdown trims both ends."""
    return INVISIBLE.sub(
        "", re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+", " ", text)
    ).strip()


TEXT = st.text(st.characters(codec="utf-8")) | st.text(
    "*_~`#+-=.!:/@w<>[]()|\\&;$^{}\n 1a", max_size=40
)


@settings(max_examples=300)
@given(text=TEXT | st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=3).map(" ".join))
@example(text="")
def test_any_text_is_shown_as_it_is(text: str) -> None:
    assert shown(escape(text)).strip() == literal(text)
    assert {t.type for t in tokens(escape(text))} <= PLAIN


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_markup_in_data_is_no_markup(text: str) -> None:
    assert shown(escape(text)).strip() == literal(text)
    assert {t.type for t in tokens(escape(text))} <= PLAIN


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
@pytest.mark.parametrize("frame", ["{}", "**{}**", "> {}", "- {}", "| a |\n| - |\n| {} |"])
def test_data_stays_where_it_is_put(text: str, frame: str) -> None:
    inside = [t.type for t in tokens(frame.format(escape(text)))]
    harmless = [t.type for t in tokens(frame.format("word"))]
    assert [t for t in inside if t not in PLAIN] == [t for t in harmless if t not in PLAIN]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_nothing_is_left_that_streamlit_replaces_after_parsing(text: str) -> None:
    parsed = "".join(t.content for t in tokens(escape(text)) if t.type.startswith("text"))
    assert not REPLACED.search(parsed)


@settings(max_examples=300)
@given(text=TEXT)
def test_nor_in_any_text(text: str) -> None:
    parsed = "".join(t.content for t in tokens(escape(text)) if t.type.startswith("text"))
    assert not REPLACED.search(parsed)


@given(text=TEXT)
def test_it_is_one_line(text: str) -> None:
    assert len(escape(text).splitlines()) <= 1


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Sergey V Lavrov", "Sergey V Lavrov"),
        ("Mr. Kerry", "Mr\\. Kerry"),
        ("a\r\nb", "a b"),
        ("سلام", "\u2068سلام\u2069"),
        ("שלום Ada", "\u2068שלום Ada\u2069"),
        (":a:", f"\\:{JOINER}a\\:"),
    ],
    ids=ascii,
)
def test_how_text_is_escaped(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize(
    "address",
    [
        "?actor=john-kerry&place=moscow",
        "https://news.example/a_(b)_(c)",
        "https://news.example/a)b(c",
        "https://news.example/<a>b",
        "https://news.example/a b",
        "https://news.example/a\\)b",
        "https://news.example/*a*_b_`c`",
        "https://news.example/#:~:text=a%20b,c",
    ],
)
@pytest.mark.parametrize("label", ["word", "]", "](https://evil.example) [", "`", "<b>", "\\"])
def test_a_link_goes_where_it_should_under_its_label(label: str, address: str) -> None:
    kinds = [t.type for t in tokens(link(escape(label), address)) if t.type not in PLAIN]
    assert kinds == ["link_open", "link_close"]
    opened = next(t for t in tokens(link(escape(label), address)) if t.type == "link_open")
    quoted = {"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20", "\\": "%5C", "`": "%60"}
    wanted = "".join(quoted.get(letter, letter) for letter in address)
    assert opened.attrs["href"] == wanted
    assert shown(link(escape(label), address)) == label
