"""The same story as a quick Streamlit app makes it: what the page is measured against.

Reads its tables at each run, filters without caching, builds its charts anew, and has one bordered
card of several elements for each statement. The map is Altair's: `st.map` would ask a tile host.
"""

from pathlib import Path

import altair as alt
import pandas as pd
import streamlit as st

STORY = Path(__file__).parents[3] / "data" / "stories" / "moscow-talks"
CARDS = 30

st.set_page_config(layout="wide")

quotes = pd.read_csv(STORY / "quotes.csv")
actors = pd.read_csv(STORY / "actors.csv").set_index("id")
places = pd.read_csv(STORY / "places.csv").set_index("id")
topics = pd.read_csv(STORY / "topics.csv").set_index("id")
links = pd.read_csv(STORY / "links.csv")
words = (
    pd.read_csv(STORY / "passages.csv")
    .groupby("record")["exact"]
    .apply(lambda parts: " … ".join(parts.dropna()))
)

statements = pd.concat([quotes, quotes]).head(CARDS).reset_index(drop=True)
statements["name"] = statements["speaker"].map(actors["name"])
statements["words"] = statements["id"].map(words)
statements["length"] = statements["words"].str.split().str.len()
about = links[links["role"] == "about"].merge(statements, left_on="record", right_on="id")


def told(place):
    return set(about.loc[about["place"] == place, "record"])


def here(place):
    return statements["id"].isin(told(place)) | (statements["said_at"] == place)


st.title("Kerry Supports Syrian Peace Talks in Russia")
asked = st.query_params
chosen_actors = st.multiselect(
    "Actors", actors.index, default=asked.get_all("actor"), format_func=actors["name"].get
)
chosen_places = st.pills(
    "Places",
    places.index,
    default=asked.get_all("place"),
    selection_mode="multi",
    format_func=lambda place: f"{places['name'][place]} · {here(place).sum()}",
)
chosen_topics = st.pills(
    "Topics",
    topics.index,
    default=asked.get_all("topic"),
    selection_mode="multi",
    format_func=topics["name"].get,
)
chosen_kinds = st.pills(
    "Kinds",
    ["direct", "mixed", "indirect"],
    default=asked.get_all("kind"),
    selection_mode="multi",
)

shown = statements
if chosen_actors:
    shown = shown[shown["speaker"].isin(chosen_actors)]
if chosen_places:
    shown = shown[pd.concat([here(p) for p in chosen_places], axis=1).any(axis=1)]
if chosen_topics:
    shown = shown[shown["topic"].isin(chosen_topics)]
if chosen_kinds:
    shown = shown[shown["kind"].isin(chosen_kinds)]
shown_about = about[about["record"].isin(shown["id"])]
st.caption(f"{len(shown)} of {len(statements)} statements")

left, right = st.columns(2)
located = places.assign(number=[shown_about["place"].eq(p).sum() for p in places.index])
left.altair_chart(
    alt.Chart(located.reset_index().dropna(subset=["latitude"]))
    .mark_circle()
    .encode(longitude="longitude:Q", latitude="latitude:Q", size="number:Q", tooltip="name:N")
    .project("mercator")
)
right.altair_chart(
    alt.Chart(shown).mark_bar().encode(x="sum(length):Q", y="name:N", color="name:N")
)
left.altair_chart(
    alt.Chart(shown_about).mark_rect().encode(x="actor:N", y="name:N", color="count():Q")
)
right.altair_chart(alt.Chart(shown).mark_bar().encode(x="count():Q", y="topic:N", color="kind:N"))
events = pd.read_csv(STORY / "events.csv", parse_dates=["start"])
st.altair_chart(alt.Chart(events).mark_point().encode(x="start:T", y="title:N", color="status:N"))

columns = st.columns(3)
for n, statement in enumerate(shown.itertuples()):
    with columns[n % 3].container(border=True, key=f"quote-{statement.Index}"):
        st.caption(statement.kind)
        st.markdown(statement.words or statement.paraphrase)
        st.markdown(f"**{statement.name}**, {actors['role'][statement.speaker]}")
        st.write(statement.context)
        st.caption(f"{statement.said_at}, {statement.said_on}")
        st.button("About this", key=f"about-{statement.Index}")
