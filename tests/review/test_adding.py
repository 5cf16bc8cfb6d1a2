"""What a reviewer adds: found in the text, anchored as the format wants it."""

from __future__ import annotations

import pytest

from dashboard.review.adding import (
    add_actor,
    add_event,
    add_mention,
    add_place,
    add_quote,
    drop_mention,
    find_words,
    new_speaker,
)
from dashboard.review.decisions import status
from dashboard.review.draft import ReviewError, paragraph_of
from dashboard.review.editing import current_faults
from dashboard.review.passages import quoted
from tests.review.drafts import DRAFT, ME, TEXT
from tests.review.test_editing import span


@pytest.mark.parametrize(
    ("paragraph", "words", "near", "found"),
    [
        (1, "sail again", 0, "sail again"),
        (1, " sail\u00a0 again ", 0, "sail again"),
        (1, "\u2060sail again\u2069", 0, "sail again"),
        (1, "We", 999, "We"),
        (3, "Ms. Bell", 0, "Ms. Bell"),
    ],
)
def test_words_are_found_as_they_stand(paragraph: int, words: str, near: int, found: str) -> None:
    start, end = find_words(DRAFT, paragraph, words, near)
    assert TEXT[start:end] == found
    assert paragraph_of(DRAFT, start, end) == paragraph


def test_of_several_places_it_is_the_nearest() -> None:
    first, last = find_words(DRAFT, 2, "a", 0), find_words(DRAFT, 2, "a", 999)
    assert first[0] == TEXT.index("a", DRAFT.paragraphs[1][0])
    assert last[0] == TEXT.rindex("a", 0, DRAFT.paragraphs[1][1])


@pytest.mark.parametrize(
    ("paragraph", "words", "told"),
    [(2, "sail again", "paragraph 2 does not say that"), (1, "Sail again", "does not say that"),
     (1, " ", "type or paste"), (4, "Marsh", "no paragraph 4"), (0, "Marsh", "no paragraph 0")],
)  # fmt: skip
def test_words_that_are_not_there(paragraph: int, words: str, told: str) -> None:
    with pytest.raises(ReviewError, match=told):
        find_words(DRAFT, paragraph, words)


@pytest.mark.parametrize(
    ("words", "kind"),
    [("“The boats must sail again,”", "direct"), ("We have waited long enough", "direct"),
     ("a paper boat", "mixed"), ("Ms. Bell said later", "indirect"), ("sail again", "indirect")],
)  # fmt: skip
def test_what_kind_words_look_like(words: str, kind: str) -> None:
    assert quoted(DRAFT, *span(words)) == kind


def test_a_statement_stands_where_the_article_says_it() -> None:
    draft = add_quote(
        DRAFT, [span("We have waited long enough.”")], kind="direct", speaker="ada-bell", by=ME
    )
    assert [r["id"] for r in draft.rows("quotes")] == [
        "q-bell-sail", "q-bell-we-have-waited-long", "q-pilots-paper", "q-bell-resume",
    ]  # fmt: skip
    (passage,) = draft.anchors["q-bell-we-have-waited-long"]
    assert passage["exact"] == "We have waited long enough."
    assert status(draft, "q-bell-we-have-waited-long") == "accepted"
    assert draft.reviews["q-bell-we-have-waited-long"]["confidence"] == ""
    assert current_faults(draft) == []


def test_a_report_waits_for_its_paraphrase_and_its_id_has_none_of_its_words() -> None:
    draft = add_quote(
        DRAFT, [span("Pilots in Farland doubt it")], kind="indirect", speaker="pilots", by=ME
    )
    assert draft.by_id["q-pilots-reported"][1]["paraphrase"] == ""
    assert status(draft, "q-pilots-reported") == "draft"


def test_an_event_has_its_whole_period() -> None:
    draft = add_event(
        DRAFT, span("resume in Marsh"), title="More talks", start="2024-05-20", precision="month",
        happens="planned", note="Later than the talks.", by=ME,
    )  # fmt: skip
    _, event = draft.by_id["e-more-talks"]
    assert (event["start"], event["end"], event["basis"]) == (
        "2024-05-01",
        "2024-05-31",
        "inferred",
    )
    with pytest.raises(ReviewError, match="Title is empty"):
        add_event(DRAFT, span("resume in Marsh"), title="", start="2024-05-20", by=ME)
    with pytest.raises(ReviewError, match="is no date"):
        add_event(DRAFT, span("resume in Marsh"), title="Talks", start="soon", by=ME)


def test_people_and_places_are_named_where_the_words_are() -> None:
    draft = add_actor(DRAFT, span("Their union"), name="Pilots’ union", kind="organization", by=ME)
    (mention,) = draft.anchors["pilots-union"]
    assert TEXT[int(mention["start"]) : int(mention["end"])] == "Their union"
    assert draft.by_id["pilots-union"][1]["aliases"] == "Their union"
    draft = add_place(
        draft, span("QUAYSIDE"), name="Quayside", kind="city", latitude="54.5",
        longitude="-1.25", by=ME,
    )  # fmt: skip
    assert "quayside-2" in draft.by_id
    with pytest.raises(ReviewError, match="pinned on the map"):
        add_place(DRAFT, span("QUAYSIDE"), name="Quayside", kind="city", by=ME)
    with pytest.raises(ReviewError, match="is not named by"):
        add_place(DRAFT, span("Farland"), name="Elsewhere", by=ME)


def test_a_name_is_short() -> None:
    with pytest.raises(ReviewError, match="at most 7 words"):
        add_mention(DRAFT, "pilots", span("Ms. Bell said later that the talks would"))


def test_mentions_come_and_go_but_for_the_last() -> None:
    draft = add_mention(DRAFT, "pilots", span("Their union"))
    assert [m["start"] for m in draft.anchors["pilots"]] == ["158", str(span("Their union")[0])]
    assert draft.by_id["pilots"][1]["aliases"] == "Pilots|Their union"
    with pytest.raises(ReviewError, match="already"):
        add_mention(draft, "pilots", span("Their union"))
    draft = drop_mention(draft, "m-pilots")
    assert len(draft.anchors["pilots"]) == 1
    with pytest.raises(ReviewError, match="only place that names it"):
        drop_mention(draft, draft.anchors["pilots"][0]["id"])


def test_a_speaker_who_is_not_listed() -> None:
    draft = new_speaker(DRAFT, "q-pilots-paper", name="Ferry Guild", by=ME)
    assert draft.by_id["q-pilots-paper"][1]["speaker"] == "ferry-guild"
    assert current_faults(draft) == []
