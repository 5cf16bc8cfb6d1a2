"""Addresses that may be links, and their outlets."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.library.building.printed import printed
from dashboard.links import is_web


def of(*urls: list[str] | None) -> dict[str, list[list[str]]]:
    found = printed(pa.array(urls, pa.list_(pa.string())))
    return {name: values.to_pylist() for name, values in found.items()}


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.echo.example/a?b=c#d", "echo.example"),
        ("http://Echo.Example", "echo.example"),
        ("https://echo.example:8080/", "echo.example"),
        ("https://www.www.example/", "www.example"),
        ("https://xn--cho-9la.example/", "xn--cho-9la.example"),
        ("https://écho.example/", ""),
        ("ftp://echo.example/", ""),
        ("https://user@echo.example/", ""),
        ("https://echo.example/a b", ""),
        ("https://", ""),
        ("echo.example", ""),
        ("", ""),
    ],
)
def test_the_outlet_of_an_address(url: str, name: str) -> None:
    found = of(["http://first.example/", url])
    assert found["outlets_names"] == [["first.example", *([name] if name else [])]]
    assert found["urls"] == [["http://first.example/", *([url] if name else [])]]


def test_lists_stay_apart() -> None:
    found = of(["http://a.example/", "x"], [], ["y"], ["http://b.example/1", "http://a.example/2"])
    assert found["outlets"] == [["a-example"], [], [], ["b-example", "a-example"]]


def test_every_letter_that_an_address_may_have() -> None:
    letters = map(chr, (*range(0x300), 0x2028, 0x202E, 0xE000, 0xFFFF, 0x1F600))
    urls = [f"http://a{at}example/{letter}b" for letter in letters for at in (".", letter)]
    assert of(urls)["urls"] == [[url for url in urls if is_web(url)]]


PIECES = st.sampled_from(
    ["http", "https", "://", "www.", "a", "A", ".", "-", "/", "?", "#", "@", ":"]
)
ODD = st.sampled_from(
    ["80", "é", " ", "<", "'", "`", "\\", "[", "]", "\u202e", "\x00", "%20", "~", "&"]
)


@given(st.lists(st.lists(PIECES | ODD, max_size=9).map("".join) | st.text(), max_size=6))
def test_what_is_kept_may_be_a_link(urls: list[str]) -> None:
    assert of(urls)["urls"] == [[url for url in urls if is_web(url)]]
