"""Voices: who is given how many quoted words."""

from __future__ import annotations

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

ALT = "Bar chart: quoted words for each speaker"
COLUMNS = {
    "actor": pa.string(),
    "name": pa.string(),
    "slot": pa.int8(),
    "words": pa.int32(),
    "all": pa.int32(),
    "label": pa.string(),
    "statements": pa.string(),
    "shown": pa.bool_(),
}


@lru_cache(maxsize=64)
def voices_chart(story: Story, visible: Story, ink: Ink) -> Chart:
    """Quoted words per speaker: those shown, before a pale bar of those in the whole story."""
    records = _records(story, visible)
    total = sum(r["words"] for r in records)
    speaking = sorted((r for r in records if r["words"]), key=lambda r: -r["words"])
    caption = (
        f"{count(total, 'quoted word')} by {count(len(speaking), 'voice')}"
        + (f"; most by {speaking[0]['name']} ({speaking[0]['words']})" if speaking else "")
        + ". Click a bar to filter."
    )
    table = pd.DataFrame(
        [(r["name"], r["words"], r["label"], r["statements"]) for r in records],
        columns=["Speaker", "Quoted words", "Share", "Statements"],
    )
    return Chart(
        spec=_spec(story, ink),
        rows=rows(records, COLUMNS),
        alt=ALT,
        caption=caption,
        table=table,
        fields=("actor",),
    )


def _records(story: Story, visible: Story) -> list[dict[str, Any]]:
    spoken = {s.speaker.id: 0 for s in statements(story)}
    whole = dict(spoken)
    quoted = dict(spoken)
    reported = dict(spoken)
    for statement in statements(story):
        whole[statement.speaker.id] += statement.word_count
    for statement in statements(visible):
        spoken[statement.speaker.id] += statement.word_count
        (quoted if statement.spoken else reported)[statement.speaker.id] += 1
    total = sum(spoken.values())
    names = {s.speaker.id: s.speaker.name for s in statements(story)}
    return [
        {
            "actor": actor,
            "name": names[actor],
            "slot": slot(story, actor),
            "words": spoken[actor],
            "all": words,
            "label": _label(spoken[actor], total, reported[actor], words),
            "statements": f"{quoted[actor]} quoted, {reported[actor]} reported",
            "shown": bool(quoted[actor] or reported[actor]),
        }
        for actor, words in sorted(whole.items(), key=lambda pair: -pair[1])
    ]


def _label(words: int, total: int, reported: int, whole: int) -> str:
    if words:
        return f"{words} · {words / total:.0%}"
    if reported and not whole:
        return "reported only"
    return "none shown" if not reported else "none quoted here"


@lru_cache(maxsize=8)
def _spec(story: Story, ink: Ink) -> dict[str, Any]:
    order = [r["name"] for r in _records(story, story)]
    most = max((r["all"] for r in _records(story, story)), default=1)
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelColor=ink.text, labelPadding=6))
    across = alt.Scale(domain=[0, max(most, 1) * 1.4], nice=False)
    x = alt.X("words:Q", scale=across, axis=None)
    color = alt.Color("slot:N", scale=alt.Scale(domain=SLOTS), legend=None)
    tooltip = [
        alt.Tooltip("name:N", title="Speaker"),
        alt.Tooltip("words:Q", title="Quoted words shown"),
        alt.Tooltip("all:Q", title="In the whole story"),
        alt.Tooltip("statements:N", title="Statements shown"),
    ]
    base = alt.Chart().encode(y=y)
    whole = base.mark_bar(opacity=0.18, height=14).encode(x=x.copy(), color=color)
    whole.encoding.x.shorthand = "all:Q"
    shown = base.mark_bar(height=14).encode(x=x, color=color)
    label = base.mark_text(align="left", dx=7, fontSize=12, color=ink.text).encode(
        x=alt.X("all:Q", scale=across, axis=None), text="label:N"
    )
    target = (
        base.mark_rect(opacity=0, cursor="pointer")
        .encode(tooltip=tooltip)
        .add_params(pick("actor"))
    )
    return spec(alt.layer(whole, shown, label, target).properties(height=alt.Step(26)))
