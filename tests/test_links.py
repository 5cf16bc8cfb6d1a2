"""Addresses: what a link keeps, what it refuses, and where in the original it points."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.links import (
    FACET_KEYS,
    KEYS,
    MAX_TEXT,
    MAX_VALUES,
    from_query,
    href,
    is_web,
    passage_url,
    to_query,
)
from dashboard.selection import ACTOR_ROLES, MANY, PLACE_ROLES, WHOLE, Selection
from tests.shipped import BY_ID, CHOICES, ROWS, STORY, ids, selections

PAGE = "https://news.example/story"
# What can be typed and seen. Marks without a shape (joiners, directions) are another matter:
# see `test_joiners_survive_a_link`.
PRINTED = st.text(
    st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S", "Zs"]), max_size=MAX_TEXT
)
ANY_TEXT = st.text(st.characters(codec="utf-8"))


def through_address(selection: Selection) -> tuple[Selection, tuple[str, ...]]:
    """The selection that a reader gets who is sent a link to this one."""
    return from_query(parse_qs(href(selection).removeprefix("?")), STORY)


@given(selection=selections())
def test_a_link_restores_the_selection(selection: Selection) -> None:
    assert through_address(selection) == (selection, ())


@given(text=PRINTED)
@example(text="a&b=c#d?e+f%20g")
@example(text="“Ça” — ‘Ж’ 東京 🙂")
@example(text="x" * MAX_TEXT)
def test_a_link_restores_any_words(text: str) -> None:
    wanted = Selection(text=text)
    assert through_address(wanted) == (wanted, ())


@pytest.mark.parametrize("text", ["می\u200cخواهم", "👩\u200d⚖️"])
def test_joiners_survive_a_link(text: str) -> None:
    assert through_address(Selection(text=text))[0].text == text


@pytest.mark.parametrize(
    ("selection", "address"),
    [
        (WHOLE, "?"),
        (
            Selection(actors=("sergey-lavrov",), actor_role="by", places=("moscow",)),
            "?actor=sergey-lavrov&place=moscow&actor_role=by",
        ),
        (Selection(kinds=("mixed", "direct")), "?kind=direct&kind=mixed"),
        (Selection(text="don’t & won’t"), "?q=don%E2%80%99t+%26+won%E2%80%99t"),
        (
            Selection(about=("john-kerry",), quote="q-kerry-goal"),
            "?about=john-kerry&quote=q-kerry-goal",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_the_address_of_a_selection(selection: Selection, address: str) -> None:
    assert href(selection) == address


@given(selection=selections())
def test_an_address_has_only_known_keys_and_nothing_empty(selection: Selection) -> None:
    query = to_query(selection)
    assert set(query) <= set(KEYS)
    assert all(query.values())


@pytest.mark.parametrize(
    ("query", "selection", "unknown"),
    [
        ({"actor": ["vladimir-putin"]}, WHOLE, ("actor=vladimir-putin",)),
        (
            {"actor": ["nobody", "john-kerry"], "place": ["mars"]},
            Selection(actors=("john-kerry",)),
            ("actor=nobody", "place=mars"),
        ),
        ({"actor_role": ["loudly"]}, WHOLE, ("actor_role=loudly",)),
        ({"place_role": ["by"]}, WHOLE, ("place_role=by",)),
        ({"kind": ["invented"], "topic": [""]}, WHOLE, ("kind=invented", "topic=")),
        ({"quote": ["q-nothing"]}, WHOLE, ("quote=q-nothing",)),
        ({"actor": ["geneva"], "place": ["john-kerry"]}, WHOLE,
         ("actor=geneva", "place=john-kerry")),
        ({"actor": ["JOHN-KERRY"]}, WHOLE, ("actor=JOHN-KERRY",)),
        ({"actor": ["x", "x", "x"]}, WHOLE, ("actor=x",)),
        ({"actor": ["john-kerry", "john-kerry"]}, Selection(actors=("john-kerry",)), ()),
        (
            {"actor_role": ["by", "about"]},
            Selection(actor_role="by"),
            ("actor_role=about",),
        ),
        (
            {"quote": ["q-lavrov-lose", "q-lavrov-lose", "q-kerry-goal"]},
            Selection(quote="q-lavrov-lose"),
            ("quote=q-kerry-goal",),
        ),
        ({"q": ["two", "words"]}, Selection(text="two words"), ()),
        ({"q": ["bell\x07s\x00"]}, Selection(text="bell s"), ()),
        ({"q": []}, WHOLE, ()),
        ({"embed": ["true"], "utm_source": ["x"], "actors": ["john-kerry"]}, WHOLE, ()),
    ],
    ids=str,
)  # fmt: skip
def test_what_a_query_asks_and_what_of_it_is_unknown(
    query: dict[str, list[str]], selection: Selection, unknown: tuple[str, ...]
) -> None:
    assert from_query(query, STORY) == (selection, unknown)


def test_what_is_unknown_is_shortened() -> None:
    _, (long,) = from_query({"topic": ["x" * 10_000]}, STORY)
    assert long.startswith("topic=xxx")
    assert long.endswith("…")
    assert len(long) < 60


def test_words_are_cut_and_values_counted() -> None:
    selection, _ = from_query({"q": ["x" * 10_000], "actor": ids("actors") * 99}, STORY)
    assert selection.text == "x" * MAX_TEXT
    assert len(ids("actors")) <= MAX_VALUES
    assert selection.actors == tuple(sorted(ids("actors")))


HOSTILE = st.one_of(
    ANY_TEXT,
    st.sampled_from([*BY_ID, *ACTOR_ROLES, *PLACE_ROLES, "", "\0", "\u202e", "x" * 5_000]),
    st.sampled_from([*BY_ID]).map(lambda i: f"{i} "),
)


@settings(max_examples=200)
@given(
    query=st.dictionaries(
        st.sampled_from(KEYS) | ANY_TEXT, st.lists(HOSTILE, max_size=6), max_size=12
    )
)
def test_no_query_can_raise_or_choose_what_the_story_does_not_know(
    query: dict[str, list[str]],
) -> None:
    selection, unknown = from_query(query, STORY)
    for name in MANY:
        assert set(getattr(selection, name)) <= set(CHOICES[name])
    assert selection.actor_role in ACTOR_ROLES
    assert selection.place_role in PLACE_ROLES
    assert selection.quote in {"", *ids("quotes")}
    assert len(selection.text) <= MAX_TEXT
    assert not re.search("[\x00-\x1f\x7f\u202a-\u202e]", selection.text)
    assert all(len(value) < 60 for value in unknown)
    assert through_address(selection) == (selection, ())


@given(raw=st.text(st.characters(codec="ascii"), max_size=300))
@example(raw="actor=%00&actor=%ff%fe&q=%F0%9F&place=%zz&&&=&actor=john-kerry")
def test_no_query_string_can_raise(raw: str) -> None:
    from_query(parse_qs(raw, keep_blank_values=True), STORY)


@given(data=st.data(), key=st.sampled_from(sorted(FACET_KEYS)))
def test_what_is_known_survives_beside_what_is_not(data: st.DataObject, key: str) -> None:
    name = FACET_KEYS[key]
    good = data.draw(st.lists(st.sampled_from(CHOICES[name]), unique=True))
    bad = data.draw(st.lists(ANY_TEXT.filter(lambda value: value not in BY_ID), unique=True))
    bad = [value for value in bad if value not in CHOICES[name]]
    mixed = data.draw(st.permutations(good + bad))
    selection, unknown = from_query({key: mixed}, STORY)
    assert selection == Selection(**{name: tuple(good)})
    assert len(unknown) == len(bad)


WEB = [
    "http://news.example",
    "https://news.example/a/b?c=d&e=%20#f",
    "HTTPS://NEWS.EXAMPLE/",
    "https://news.example:8443/",
    "http://127.0.0.1/",
    "https://[2001:db8::1]/page",
    "https://xn--mnchen-3ya.example/",
    "https://news.example./",
    "https://news_room.example:/a\u00e9/漢字",
    "https://de.wikipedia.org/wiki/Genf_(Stadt)",
    ROWS["articles"][0]["url"],
]
NOT_WEB = [
    "",
    " ",
    "news.example",
    "/story",
    "//news.example/story",
    "http:",
    "http://",
    "http:///story",
    "http:news.example",
    "https://?x",
    "https://#x",
    "https://:80/",
    "ftp://news.example/",
    "file:///etc/passwd",
    "mailto:ada@news.example",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "javascript://news.example/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "blob:https://news.example/1",
    "view-source:https://news.example/",
    "https://news.example/a b",
    " https://news.example/",
    "https://news.example/\n",
    "https://news.example/\t",
    "https://news.example/\x00",
    "https://news.example/\x7f",
    "https://news.example/\x85",
    "https://news.example/\u2028",
    "https://news.example\\@evil.example/",
    "https://news.example/<b>",
    'https://news.example/"',
    "https://news.example/`",
    "https://[news.example/",
    "https://[::1/",
    "https://news.example／evil",  # normalises to a slash
    "https://news.example℀.evil.example",  # normalises to "a/c"
    "https://news.example@evil.example/",  # goes to evil.example
    "https://news.example:80@evil.example/",
    "https://user:secret@news.example/",
    "https://news.example:99999/",
    "https://news.example:port/",
    "https://news.example/\u202egnp.exe",  # reads backwards
    "https://news\u200b.example/",  # no width
    "https://news.example/\x9b",
    "https://./",
    "https://-/",
    "https:/news.example/",
    "https:\\\\news.example/",
    "/\\news.example/",
    "https://news.example:80:443/",
    "https://[::1]evil.example/",
    "https://[news.example]/",
    "https://news.example%2f@evil.example/",
    "https://news.example%2eevil.example/",
    "https://%6eews.example/",
    "https://news.example;evil.example/",
    "https://news.example,evil.example/",
    "https://news.example&evil.example/",
    "https://news.example$/",
    "https://news.example!/",
    "https://*.example/",
    # look-alikes
    "https://аррӏе.example/",  # all Cyrillic
    "https://nеws.example/",  # one Cyrillic letter
    "https://nεws.example/",  # one Greek letter
    "https://ոews.example/",  # one Armenian letter
    "https://münchen.example/",  # an honest one is written xn--mnchen-3ya
    "https://new\u0455\u0323.example/",  # a letter with a dot below
    "https://ｎｅｗｓ.example/",
    "https://news．example/",
    "https://news。example/",
    "https://news｡example/",
    "https://news․example/",  # a dot leader
    "https://news\u2024example/",
    "https://news.example\u2044evil.example/",  # a fraction slash
    "https://news.example\u2215evil.example/",  # a division slash
    "https://news.example\uff0f.evil.example/",
    "https://news.example？.evil.example/",
    "https://news.example\u3002evil.example/",
    "https://news\u2010room.example/",  # a hyphen that is none
    "https://news\u00ad.example/",  # a soft hyphen
    "https://news\u3164.example/",  # a letter without ink
    "https://news\u180e.example/",
    "https://ⓝews.example/",
    "https://١٢٧.0.0.1/",  # Arabic digits
]


@pytest.mark.parametrize("url", WEB)
def test_a_web_address_may_be_a_link(url: str) -> None:
    assert is_web(url)


@pytest.mark.parametrize(
    "url",
    NOT_WEB,
    ids=ascii,
)
def test_anything_else_may_not(url: str) -> None:
    assert not is_web(url)


@given(url=ANY_TEXT | ANY_TEXT.map("https://".__add__) | ANY_TEXT.map("http://[".__add__))
def test_no_address_can_raise(url: str) -> None:
    if is_web(url):
        assert url.lower().startswith(("http://", "https://"))
        assert urlsplit(url).hostname


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ({"exact": "have effect"}, "have%20effect"),
        ({"exact": "one two three four five six"}, "one%20two%20three%20four%20five%20six"),
        (
            {"exact": "one two three four five six seven eight"},
            "one%20two%20three%20four,five%20six%20seven%20eight",
        ),
        ({"first": "Mr. Kerry said", "last": "in Moscow"}, "Mr.%20Kerry%20said,in%20Moscow"),
        ({"first": "only a beginning"}, "only%20a%20beginning"),
        ({"exact": "exact wins", "first": "first", "last": "last"}, "exact%20wins"),
        ({"exact": "step-by-step"}, "step%2Dby%2Dstep"),  # a dash would mark a prefix
        ({"exact": "yes, and no"}, "yes%2C%20and%20no"),  # a comma would part start and end
        ({"exact": "war & peace"}, "war%20%26%20peace"),  # an ampersand would end the directive
        ({"exact": "100% of #1"}, "100%25%20of%20%231"),
        ({"exact": "“Enough,’"}, "Enough"),
        ({"exact": "don’t"}, "don%E2%80%99t"),
        ({"exact": "“A, b.”"}, "A%2C%20b"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_passage_is_pointed_out_by_its_words(words: dict[str, str], fragment: str) -> None:
    given_words = {"exact": "", "first": "", "last": ""} | words
    assert passage_url(PAGE, **given_words) == f"{PAGE}#:~:text={fragment}"


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (f"{PAGE}#section", f"{PAGE}#:~:text=word"),
        (f"{PAGE}#:~:text=other", f"{PAGE}#:~:text=word"),
        (f"{PAGE}?a=b&c", f"{PAGE}?a=b&c#:~:text=word"),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_the_page_of_a_passage(url: str, address: str) -> None:
    assert passage_url(url, exact="word", first="", last="") == address


@pytest.mark.parametrize("number", range(1, 20))
def test_the_end_does_not_begin_before_the_beginning_ends(number: int) -> None:
    """A browser looks for the end behind the beginning: what overlaps is never found."""
    words = [f"w{n}" for n in range(number)]
    ends = passage_url(PAGE, exact=" ".join(words), first="", last="").split(":~:text=")[1]
    named = [word for end in ends.split(",") for word in unquote(end).split()]
    assert len(named) == len(set(named))
    assert (named[0], named[-1]) == (words[0], words[-1])


def test_without_words_it_is_the_page() -> None:
    assert passage_url(PAGE, exact="", first="", last="") == PAGE


@given(exact=ANY_TEXT, first=ANY_TEXT, last=ANY_TEXT)
def test_words_cannot_leave_the_directive(exact: str, first: str, last: str) -> None:
    address = passage_url(PAGE, exact=exact, first=first, last=last)
    assert address.startswith(PAGE)
    directive = address.removeprefix(PAGE)
    assert directive == "" or directive.startswith("#:~:text=")
    text = directive.removeprefix("#:~:text=")
    assert text.count(",") <= 1
    assert not set("&- #\"'<>()") & set(text)


@pytest.mark.parametrize("row", ROWS["passages"], ids=lambda r: f"{r['record']}-{r['n']}")
def test_every_passage_of_the_story_has_a_whole_directive(row: dict[str, str]) -> None:
    address = passage_url(PAGE, exact=row["exact"], first=row["first"], last=row["last"])
    ends = [unquote(end) for end in address.split(":~:text=")[1].split(",")]
    assert all(ends)
    if row["exact"]:
        assert row["exact"].startswith(ends[0]) or ends[0] in row["exact"]
        assert ends[-1] in row["exact"]
    else:
        assert [row["first"].startswith(ends[0]), row["last"].endswith(ends[1])] == [True, True]


def test_a_passage_that_begins_with_punctuation_still_has_a_beginning() -> None:
    address = passage_url(PAGE, exact="", first="“", last="last words")
    assert ":~:text=," not in address


def test_a_query_is_made_the_way_browsers_read_it() -> None:
    selection = Selection(text="a b+c", places=("moscow",))
    assert parse_qs(urlencode(to_query(selection), doseq=True)) == to_query(selection)
