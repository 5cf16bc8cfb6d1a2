"""The fields of a place: which of the candidates it is, on a small map."""

from __future__ import annotations

import streamlit as st

from dashboard.basemap import CREDIT, shapes_address
from dashboard.markdown import escape
from dashboard.palette import INKS
from dashboard.panels.adding.acting import do, reviewer, stamp
from dashboard.panels.adding.fields import choice, end_form, later, text
from dashboard.panels.adding.people import show_mentions, show_merge
from dashboard.panels.text import note
from dashboard.review.candidate_map import candidate_map
from dashboard.review.decisions import confidence
from dashboard.review.draft import Draft, Row
from dashboard.review.reassign import place


def show_place(token: str, draft: Draft, record: str) -> None:
    """Another candidate or a merge changes at once; fields are saved together."""
    _, row = draft.by_id[record]
    _choose_candidate(token, draft, record)
    show_merge(token, draft, record, "places")
    mark = stamp(draft, record)
    with st.form(f"place {record}", border=False):
        left, right = st.columns([3, 2])
        with left:
            cells = {"name": text(mark, row, "name", "Name in English")}
        with right:
            cells["kind"] = choice(mark, "places", row, "kind")
        end_form(token, record, cells)
    if box := later("Coordinates and codes", f"coordinates {record}"):
        with box, st.form(f"coordinates form {record}", border=False):
            cells = {
                "country": text(mark, row, "country", "Country, two letters", placeholder="CH"),
                "latitude": text(mark, row, "latitude", "Latitude, degrees north"),
                "longitude": text(mark, row, "longitude", "Longitude, degrees east"),
                "geonames": text(mark, row, "geonames", "GeoNames id"),
                "wikidata": text(mark, row, "wikidata", placeholder="Q71"),
            }
            end_form(token, record, cells, accepts=False)
    show_mentions(token, draft, record)


def _choose_candidate(token: str, draft: Draft, record: str) -> None:
    _, row = draft.by_id[record]
    others = draft.others.get(record, ())
    candidates = [row, *others]
    sure = confidence(draft, record)
    labels = [_called(row, None if sure is None else f"{sure:.0%}")]
    labels += [_called(r, f"{float(r['confidence']):.0%}" if r["confidence"] else None)
               for r in others]  # fmt: skip
    placed = [r for r in candidates if r["latitude"] and r["longitude"]]
    key = f"candidate {stamp(draft, record)}"

    def on_change() -> None:
        n = int(st.session_state[key])
        do(token, f"Place of {record}", lambda d: place(d, record, n, reviewer()))

    if others:
        st.radio(
            "Which one",
            range(len(candidates)),
            format_func=lambda n: f"{n + 1}\\. {labels[n]}",
            key=key,
            on_change=on_change,
        )
    if placed:
        points = [(float(r["latitude"]), float(r["longitude"]), r["name"]) for r in candidates
                  if r["latitude"] and r["longitude"]]  # fmt: skip
        ink = INKS["dark" if st.context.theme.type == "dark" else "light"]
        spec = candidate_map(points, 0 if row["latitude"] else -1, ink, shapes_address())
        st.vega_lite_chart(
            spec=spec, key=f"map {stamp(draft, record)}", alt="Map: the candidates by number"
        )
        note(escape(CREDIT))


def _called(row: Row, sure: str | None) -> str:
    parts = [escape(row["name"]), escape(row["country"])]
    if row["latitude"]:
        parts.append(f"{float(row['latitude']):.2f}, {float(row['longitude']):.2f}")
    parts.append(sure or "")
    return " · ".join(filter(None, parts))
