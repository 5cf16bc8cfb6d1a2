"""The text under review: what is marked, as whose, and in which order records are met."""

from __future__ import annotations

import pytest

from dashboard.palette import INKS
from dashboard.review.candidate_map import candidate_map
from dashboard.review.decisions import accept, reject
from dashboard.review.marking import Find, finds, marked
from dashboard.review.queue import called, following, queue
from tests.review.drafts import DRAFT, ME

TEXT = "Ada met Bo in Lund."
ADA = Find("ada", "actors", 0, 3, decided=False)
MET = Find("q", "quotes", 0, 18, decided=False)
LUND = Find("lund", "places", 14, 18, decided=True)


@pytest.mark.parametrize(
    ("found", "chosen", "shown"),
    [
        ((), "", r"Ada met Bo in Lund\."),
        ((ADA,), "", r"[:green-background[Ada]](?record=ada) met Bo in Lund\."),
        ((LUND,), "", r"Ada met Bo in [:orange[Lund]](?record=lund)\."),
        ((ADA, MET), "",
         r"[:green-background[Ada]](?record=ada) [:blue-background[met Bo in Lund]](?record=q)\."),
        ((ADA, MET), "q", r"[**:yellow-background[Ada met Bo in Lund]**](?record=q)\."),
        ((ADA, ADA), "ada", r"[**:yellow-background[Ada]**](?record=ada) met Bo in Lund\."),
    ],
)  # fmt: skip
def test_finds_are_links_and_the_shortest_wins(
    found: tuple[Find, ...], chosen: str, shown: str
) -> None:
    assert marked(TEXT, (0, len(TEXT)), found, chosen) == shown


def test_text_is_never_markup() -> None:
    text = "<b>[x](javascript:y)</b> :red[z]"
    shown = marked(text, (0, len(text)), (Find("q", "quotes", 3, 20, decided=False),), "")
    assert r"\[x\]\(javascript\:y\)" in shown
    assert "<b>" not in shown.replace("\\<b\\>", "")


def test_rejected_finds_are_marked_only_while_they_are_open() -> None:
    draft = reject(DRAFT, "q-pilots-paper", ME)
    assert "q-pilots-paper" not in {f.record for those in finds(draft).values() for f in those}
    there = finds(draft, ["quotes"], "q-pilots-paper")
    assert {f.record for f in there[2]} == {"q-pilots-paper"}


@pytest.mark.parametrize(
    ("order", "records"),
    [
        ("text", ["q-bell-sail", "q-pilots-paper", "q-bell-resume"]),
        ("undecided", ["q-pilots-paper", "q-bell-resume", "q-bell-sail"]),
        ("unsure", ["q-bell-resume", "q-pilots-paper", "q-bell-sail"]),
    ],
)
def test_orders(order: str, records: list[str]) -> None:
    assert queue(accept(DRAFT, "q-bell-sail", ME), "quotes", order) == records


def test_the_next_one_is_undecided_and_then_comes_the_beginning() -> None:
    draft = accept(DRAFT, "q-pilots-paper", ME)
    records = queue(draft, "quotes", "text")
    assert following(records, "q-bell-sail", draft) == "q-bell-resume"
    assert following(records, "q-bell-resume", draft) == "q-bell-sail"
    for record in ("q-bell-sail", "q-pilots-paper"):
        draft = accept(draft, record, ME)
    draft = reject(draft, "q-bell-resume", ME)
    assert following(records, "q-bell-sail", draft) == "q-pilots-paper"
    assert following(records, "q-bell-resume", draft) == "q-bell-resume"


def test_what_records_are_called() -> None:
    draft = reject(accept(DRAFT, "q-bell-sail", ME), "e-talks", ME)
    names = [called(draft, r) for r in ("q-bell-sail", "q-bell-resume", "e-talks", "marsh")]
    assert names == [
        "✓ Ada Bell: “The boats must sail again … We have waited long enough.”",
        "○ Ada Bell: Ms. Bell said later that the talks would resume in Marsh.",
        "✗ First ferry talks",
        "○ Marsh",
    ]


@pytest.mark.parametrize("points", [
    [(46.2, 6.15, "Geneva")],
    [(46.2, 6.15, "Geneva"), (42.87, -76.98, "Geneva"), (-89, 179, "Pole")],
])  # fmt: skip
def test_candidates_are_numbered_and_in_view(points: list[tuple[float, float, str]]) -> None:
    spec = candidate_map(points, 0, INKS["light"], "basemap/shapes.json")
    rows = spec["layer"][1]["data"]["values"]
    assert [(r["n"], r["on"]) for r in rows] == [(str(n + 1), n == 0) for n in range(len(points))]
    assert spec["layer"][0]["data"]["url"] == "basemap/shapes.json"
    assert spec["projection"]["scale"] > 0
