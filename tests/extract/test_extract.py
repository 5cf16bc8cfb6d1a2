"""From an article to a draft story: sound, anchored, undecided, and without the article's words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard.extract.extract import ExtractionError, extract
from dashboard.extract.formats import read_input
from dashboard.extract.given import Input, InputError, Metadata
from dashboard.extract.named_rows import brief
from dashboard.review.copying import copied_run
from dashboard.review.draft import Draft
from dashboard.review.publish import faults

ARTICLES = sorted(Path(__file__).parent.glob("articles/*.txt"))
FACTS = Metadata(published=date(2024, 3, 15), published_note="Given.", url="https://example.org/a")


def drafted(path: Path, *, model: bool = True) -> Draft:
    return extract(read_input(path.name, path.read_bytes()), FACTS, lambda *_: None, model=model)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_a_draft_is_a_sound_story(path: Path) -> None:
    draft = drafted(path)
    assert [str(fault) for fault in faults(draft)] == []
    records = {r["id"] for t in ("quotes", "events", "actors", "places") for r in draft.rows(t)}
    assert records == set(draft.reviews)
    for review in draft.rows("reviews"):
        assert review["status"] == "draft"
        assert review["decided_by"].startswith("dateline ")
        assert 0 <= float(review["confidence"]) <= 1
    numbers = {row["paragraph"] for t in ("passages", "mentions") for row in draft.rows(t)}
    assert numbers <= {str(n) for n in range(1, len(draft.paragraphs) + 1)}


def test_nothing_that_the_journalist_wrote_is_in_a_draft() -> None:
    draft = drafted(ARTICLES[0])
    spoken = {passage["exact"] for passage in draft.rows("passages")}
    for table, rows in draft.tables.items():
        for row in rows:
            for column, cell in row.items():
                if cell not in spoken and column != "headline":
                    assert copied_run(cell, draft.text) == "", f"{table}.{column}"


def test_by_rules_alone() -> None:
    draft = drafted(ARTICLES[0], model=False)
    assert draft.rows("quotes")
    quotes = {row["id"] for row in draft.rows("quotes")}
    told = {draft.reviews[quote]["decided_by"] for quote in quotes}
    assert all("rule" in by for by in told)


def test_what_was_given_by_hand_counts_before_what_was_found() -> None:
    text = ARTICLES[0].read_text(encoding="utf-8")
    facts = Metadata(
        title="Another headline", publisher="The Invented Post", url="https://a.example"
    )
    article = extract(Input(text), facts, lambda *_: None, slug="mine").rows("articles")[0]
    assert article["headline"] == "Another headline"
    assert article["publisher"] == "The Invented Post"
    assert article["url"] == "https://a.example"
    assert article["published"] == date.today().isoformat()
    assert article["published_basis"] == "inferred"
    assert "no date" in article["published_note"]


def test_progress_is_told_step_by_step() -> None:
    heard: list[tuple[float, str]] = []
    path = ARTICLES[0]
    extract(read_input(path.name, path.read_bytes()), FACTS, lambda *step: heard.append(step))
    shares = [share for share, _ in heard]
    assert shares == sorted(set(shares))
    assert shares[-1] == 1.0
    assert len(shares) >= 5


@pytest.mark.parametrize(
    ("text", "error", "remedy"),
    [
        (
            "The dam was built in 1962.\n\nIt is 40 metres high and stands above the town.\n\n"
            "It was painted white in 1970.",
            ExtractionError,
            "nobody is quoted or reported",
        ),
        ("", InputError, "give a whole article"),
    ],
)
def test_an_article_that_gives_no_story(text: str, error: type[Exception], remedy: str) -> None:
    with pytest.raises(error, match=remedy):
        extract(Input(text), Metadata(), lambda *_: None)


@pytest.mark.parametrize(
    ("role", "short"),
    [
        ("", ""),
        ("Secretary of State", "Secretary of State"),
        ("United Nations envoy for the river crisis in Nowhere", "United Nations envoy"),
        ("one two three four five six seven eight", "one two three four five six seven"),
    ],
)  # fmt: skip
def test_a_role_is_a_fact_in_few_words(role: str, short: str) -> None:
    assert brief(role) == short
