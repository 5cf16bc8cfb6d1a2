"""Who speaks about whom, and about where."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd
import pyarrow as pa

from dashboard.charts.chart import Chart, count, pick, rows, spec
from dashboard.palette import SLOTS, slot
from dashboard.records import statements

if TYPE_CHECKING:
    from dashboard.palette import Ink
    from dashboard.story import Story

ALT = "Matrix: number of statements by speaker and by whom or what they are about"
COLUMNS = {
    "speaker": pa.string(),
    "about": pa.string(),
    "row": pa.string(),
    "column": pa.string(),
    "slot": pa.int8(),
    "n": pa.int32(),
    "words": pa.string(),
}


@lru_cache(maxsize=64)
def matrix_chart(story: Story, visible: Story, ink: Ink) -> Chart:
    """Statements by speaker (row) and by what they are about (column: actors, then places)."""
    names, columns = _columns(story)
    shown = {pair: n for pair, n in _pairs(visible).items() if pair[1] in names}
    records = [
        {
            "speaker": speaker,
            "about": about,
            "row": names[speaker],
            "column": names[about],
            "slot": slot(story, speaker),
            "n": shown.get((speaker, about), 0),
            "words": f"{names[speaker]} about {names[about]}: "
            + count(shown.get((speaker, about), 0), "statement"),
        }
        for speaker in _speakers(story)
        for about in columns
    ]
    most = max(shown.items(), key=lambda pair: pair[1], default=None)
    caption = (
        f"Most: {names[most[0][0]]} about {names[most[0][1]]} ({most[1]}). " if most else ""
    ) + "Click a number to read those statements."
    found = {(names[s], names[a]): n for (s, a), n in shown.items()}
    table = pd.DataFrame(
        [(s, a, n) for (s, a), n in sorted(found.items(), key=lambda pair: -pair[1])],
        columns=["Speaker", "About", "Statements"],
    )
    return Chart(
        spec=_spec(story, ink),
        rows=rows([r for r in records if r["n"]], COLUMNS),
        alt=ALT,
        caption=caption,
        table=table,
        fields=("speaker", "about"),
    )


def _pairs(story: Story) -> Counter[tuple[str, str]]:
    return Counter(
        (s.speaker.id, about)
        for s in statements(story)
        for about in [a.id for a in s.about_actors] + [p.id for p in s.about_places]
    )


def _speakers(story: Story) -> list[str]:
    return list(dict.fromkeys(s.speaker.id for s in statements(story)))


@lru_cache(maxsize=8)
def _columns(story: Story) -> tuple[dict[str, str], list[str]]:
    """Names by id, and the columns: actors, then places, those most spoken about first."""
    names = dict(zip(story.actors["id"], story.actors["name"], strict=True))
    where = dict(zip(story.places["id"], story.places["name"], strict=True))
    # A country and its government bear one name; a column for each would say the same twice.
    where = {i: name for i, name in where.items() if name not in names.values()}
    totals: Counter[str] = Counter()
    for (_, about), n in _pairs(story).items():
        if about in names or about in where:
            totals[about] += n
    ranked = sorted(totals, key=lambda about: (about in where, -totals[about], about))
    return names | where, ranked


@lru_cache(maxsize=8)
def _spec(story: Story, ink: Ink) -> dict[str, Any]:
    names, columns = _columns(story)
    x = alt.X(
        "column:N",
        title=None,
        scale=alt.Scale(domain=[names[c] for c in columns]),
        axis=alt.Axis(
            orient="top", labelAngle=-50, labelColor=ink.text, labelPadding=4, grid=True,
            gridOpacity=0.5, labelOverlap=False, labelLimit=140,
        ),
    )  # fmt: skip
    y = alt.Y(
        "row:N",
        title=None,
        scale=alt.Scale(domain=[names[s] for s in _speakers(story)]),
        axis=alt.Axis(labelColor=ink.text, labelPadding=6, grid=True, gridOpacity=0.5),
    )
    base = alt.Chart().encode(x=x, y=y)
    cells = base.mark_rect(cornerRadius=3, opacity=0.25, stroke=ink.paper, strokeWidth=2).encode(
        color=alt.Color("slot:N", scale=alt.Scale(domain=SLOTS), legend=None)
    )
    digits = base.mark_text(fontSize=13, fontWeight=600, color=ink.text).encode(text="n:Q")
    target = (
        base.mark_rect(opacity=0, cursor="pointer")
        .encode(tooltip=[alt.Tooltip("words:N", title="Statements")])
        .add_params(pick("speaker", "about"))
    )
    return spec(alt.layer(cells, digits, target).properties(height=alt.Step(26)))
