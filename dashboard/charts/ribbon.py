"""The article ribbon: whose voice is heard in which paragraph, and which places appear there."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd
import pyarrow as pa

from dashboard.charts.chart import Chart, count, pick, rows, spec
from dashboard.palette import NO_SIDE, SLOTS, slot
from dashboard.records import actors, articles, mentions, places, statements

if TYPE_CHECKING:
    from dashboard.palette import Ink
    from dashboard.story import Story

ALT = "Strip: who is heard and which places are named in each paragraph"
COLUMNS = {
    "who": pa.string(),
    "row": pa.string(),
    "paragraph": pa.int32(),
    "kind": pa.string(),
    "slot": pa.int8(),
    "n": pa.int32(),
    "words": pa.string(),
    "on": pa.bool_(),
}


@lru_cache(maxsize=64)
def ribbon_chart(story: Story, visible: Story, ink: Ink) -> Chart:
    """One column a paragraph; what is not shown by the selection stays as a pale trace."""
    records = [*_voices(story, visible), *_places(story, visible)]
    heard = {r["paragraph"] for r in records if r["on"] and r["kind"] != "named"}
    total = sum(article.paragraphs for article in articles(story))
    words, whole = _words(visible), sum(article.words for article in articles(story))
    caption = (
        f"A voice shown here is heard in {len(heard)} of {count(total, 'paragraph')}; "
        f"{count(words, 'word')} of {whole:,} ({words / whole:.0%}) stand in quotation marks."
    )
    table = pd.DataFrame(
        [(r["paragraph"], r["row"], r["words"]) for r in records if r["on"]],
        columns=["Paragraph", "Who or where", "How"],
    ).sort_values("Paragraph", kind="stable")
    return Chart(
        spec=_spec(story, ink),
        rows=rows(records, COLUMNS),
        alt=ALT,
        caption=caption,
        table=table,
        fields=("who",),
    )


def _words(story: Story) -> int:
    return sum(s.word_count for s in statements(story))


def _voices(story: Story, visible: Story) -> list[dict[str, Any]]:
    shown = {s.id for s in statements(visible)}
    tiles: dict[tuple[str, int], dict[str, Any]] = {}
    for s in statements(story):
        for passage in s.passages:
            tile = tiles.setdefault(
                (s.speaker.id, passage.paragraph),
                {
                    "who": s.speaker.id,
                    "row": s.speaker.name,
                    "paragraph": passage.paragraph,
                    "kind": "reported",
                    "slot": slot(story, s.speaker.id),
                    "n": 0,
                    "on": False,
                },
            )
            tile["kind"] = "quoted" if s.spoken else tile["kind"]
            tile["n"] += len(passage.exact.split())
            tile["on"] |= s.id in shown
    for tile in tiles.values():
        tile["words"] = f"quoted, {count(tile['n'], 'word')}" if tile["n"] else "reported"
    return list(tiles.values())


def _places(story: Story, visible: Story) -> list[dict[str, Any]]:
    shown = {mention.id for mention in mentions(visible)}
    named: Counter[tuple[str, int]] = Counter()
    on: defaultdict[tuple[str, int], bool] = defaultdict(bool)
    for mention in mentions(story):
        if mention.place:
            named[mention.place, mention.paragraph] += 1
            on[mention.place, mention.paragraph] |= mention.id in shown
    where = places(story)
    taken = {actor.name for actor in actors(story).values()}
    return [
        {
            "who": place,
            "row": f"{name} (place)" if (name := where[place].name) in taken else name,
            "paragraph": paragraph,
            "kind": "named",
            "slot": NO_SIDE,
            "n": n,
            "words": "named once" if n == 1 else f"named {n} times",
            "on": on[place, paragraph],
        }
        for (place, paragraph), n in named.items()
        if where[place].kind == "city"
    ]


@lru_cache(maxsize=8)
def _spec(story: Story, ink: Ink) -> dict[str, Any]:
    speakers = dict.fromkeys(s.speaker.name for s in statements(story))
    named = dict.fromkeys(r["row"] for r in _places(story, story))
    paragraphs = list(range(1, max(article.paragraphs for article in articles(story)) + 1))
    x = alt.X(
        "paragraph:O",
        title=None,
        scale=alt.Scale(domain=paragraphs, paddingInner=0.12),
        axis=alt.Axis(
            orient="top", labelAngle=0, labelColor=ink.soft, labelPadding=4, labelOverlap=True
        ),
    )
    y = alt.Y(
        "row:N",
        title=None,
        scale=alt.Scale(domain=[*speakers, *named], paddingInner=0.25),
        axis=alt.Axis(labelColor=ink.text, labelPadding=6, grid=False),
    )
    color = alt.Color("slot:N", scale=alt.Scale(domain=SLOTS), legend=None)
    on = alt.condition("datum.on", alt.value(1), alt.value(0.3))
    base = alt.Chart().encode(x=x, y=y)
    guides = (
        alt.Chart()
        .transform_aggregate(groupby=["row"])
        .mark_rule(color=ink.line, opacity=0.35, strokeWidth=0.6)
        .encode(y=y, x=alt.value(0), x2=alt.value("width"))
    )
    quoted = (
        base.transform_filter("datum.kind == 'quoted'")
        .mark_rect(cornerRadius=2)
        .encode(color=color, opacity=on)
    )
    reported = (
        base.transform_filter("datum.kind == 'reported'")
        .mark_rect(cornerRadius=2, filled=False, strokeWidth=1.6, strokeDash=[3, 2])
        .encode(stroke=alt.Stroke("slot:N", scale=alt.Scale(domain=SLOTS), legend=None), opacity=on)
    )
    dots = (
        base.transform_filter("datum.kind == 'named'")
        .mark_circle(color=ink.soft)
        .encode(size=alt.Size("n:Q", scale=alt.Scale(domain=[0, 3], range=[10, 130]), legend=None),
                opacity=on)
    )  # fmt: skip
    target = (
        base.mark_rect(opacity=0, cursor="pointer")
        .encode(
            tooltip=[
                alt.Tooltip("row:N", title="Who or where"),
                alt.Tooltip("paragraph:O", title="Paragraph"),
                alt.Tooltip("words:N", title="How"),
            ]
        )
        .add_params(pick("who"))
    )
    return spec(alt.layer(guides, quoted, reported, dots, target).properties(height=alt.Step(24)))
