"""Citations, read back by others' readers: article, publisher and our page are always in them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import bibtexparser
import pandas as pd
import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.formatter import plain
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from dashboard.selection import Selection
from dashboard.sharing.citation import STYLES, Source, apa, bibtex, chicago, csl, source
from dashboard.sharing.preview import preview
from tests.drafted import DRAFT
from tests.shipped import STORY, selections

PAGE = "https://news.example.org/dateline/"
DAY = date(2026, 11, 23)
LOSE = source(STORY, Selection(quote="q-lavrov-lose"), f"{PAGE}?quote=q-lavrov-lose", DAY)
WHOLE = source(STORY, Selection(), PAGE, DAY)
ARTICLE = "http://syriahr.com/en/2015/01/kerry-supports-syrian-peace-talks-in-russia/"


def test_apa() -> None:
    assert apa(WHOLE) == (
        "The New York Times. (2015, January 14). Kerry Supports Syrian Peace Talks in Russia. "
        f"Republished by The Syrian Observatory for Human Rights. {ARTICLE} In Dateline. "
        f"Retrieved November 23, 2026, from {PAGE}"
    )
    assert "Sergey V. Lavrov: “Those who decide" in apa(LOSE)
    assert "(¶ 16)" in apa(LOSE)


def test_chicago() -> None:
    assert chicago(WHOLE) == (
        "The New York Times. “Kerry Supports Syrian Peace Talks in Russia.” January 14, 2015. "
        f"Republished by The Syrian Observatory for Human Rights. {ARTICLE}. Dateline. "
        f"Accessed November 23, 2026. {PAGE}."
    )


@given(selection=selections())
def test_every_citation_names_article_publisher_and_page(selection: Selection) -> None:
    cited = source(STORY, selection, PAGE, DAY)
    for write in STYLES.values():
        text = write(cited)
        assert "Kerry Supports Syrian Peace Talks in Russia" in text
        assert "The New York Times" in text
        assert ARTICLE in text
        assert PAGE in text


ODD = "Sources & {facts} 100% of #1_$x^2~ \\end} — “é”"


@pytest.mark.parametrize(
    "cited", [WHOLE, LOSE, Source("k", ODD, ODD, "", ARTICLE, DAY, ODD, PAGE, DAY)]
)
def test_bibtex_is_one_entry_to_its_reader(cited: Source) -> None:
    found = bibtexparser.parse_string(bibtex(cited))
    assert not found.failed_blocks
    (entry,) = found.entries
    fields = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("misc", cited.key)
    assert fields["urldate"] == cited.accessed.isoformat()
    assert fields["url"] == cited.url
    assert fields["year"] == str(cited.published.year)


@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))))
def test_any_text_leaves_bibtex_whole(text: str) -> None:
    entry = bibtex(Source("k", text, "P", "", ARTICLE, DAY, text, PAGE, DAY))
    assert len(bibtexparser.parse_string(entry).entries) == 1


def test_csl_json_is_cited_by_citeproc() -> None:
    items = json.loads(csl(LOSE))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    library = CitationStylesBibliography(style, CiteProcJSON(items), plain)
    library.register(Citation([CitationItem(items[0]["id"])]))
    (text,) = [str(entry) for entry in library.bibliography()]
    assert "Kerry Supports Syrian Peace Talks in Russia" in text
    assert "The New York Times" in text
    assert "2015" in text
    assert LOSE.url in text
    assert ARTICLE in items[0]["note"]


def test_a_statement_is_cited_from_its_own_article() -> None:
    other = STORY.articles.assign(id="other", headline="Another", publisher="Another Paper")
    quotes = STORY.quotes.copy()
    quotes.loc[quotes["id"] == "q-lavrov-lose", "article"] = "other"
    story = replace(STORY, articles=pd.concat([STORY.articles, other]), quotes=quotes)
    cited = source(story, Selection(quote="q-lavrov-lose"), PAGE, DAY)
    assert (cited.headline, cited.publisher) == ("Another", "Another Paper")
    assert "Another Paper" in preview(story, Selection(quote="q-lavrov-lose")).description
    assert source(story, Selection(), PAGE, DAY).publisher == "The New York Times"


def test_an_article_without_address_is_cited_without() -> None:
    cited = source(DRAFT, Selection(quote="q-lavrov-lose"), PAGE, DAY)
    whole = source(DRAFT, Selection(), PAGE, DAY)
    for write in STYLES.values():
        assert ARTICLE not in write(cited)
        assert "rticle:" not in write(cited)
        assert PAGE in write(cited)
    assert apa(whole) == (
        "The New York Times. (2015, January 14). Kerry Supports Syrian Peace Talks in Russia. "
        "Republished by The Syrian Observatory for Human Rights. In Dateline. "
        f"Retrieved November 23, 2026, from {PAGE}"
    )
    assert chicago(whole) == (
        "The New York Times. “Kerry Supports Syrian Peace Talks in Russia.” January 14, 2015. "
        "Republished by The Syrian Observatory for Human Rights. Dateline. "
        f"Accessed November 23, 2026. {PAGE}."
    )
    bare = Source("k", "H", "P", "", "", DAY, "", PAGE, DAY)
    assert "note" not in bibtex(bare)
    assert json.loads(csl(bare))[0]["note"] == ""


def test_a_draft_without_paraphrase_is_cited_by_its_passage() -> None:
    cited = source(DRAFT, Selection(quote="q-kerry-goal"), PAGE, DAY)
    assert cited.part == "John Kerry, reported: not yet paraphrased (¶ 5)"
