"""The fields of a person or group, and who else they are."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.markdown import escape
from dashboard.panels.adding.acting import act, choose, do, reviewer, stamp
from dashboard.panels.adding.fields import choice, end_form, later, names_of, one_of, text
from dashboard.plain import cut
from dashboard.review.adding import drop_mention
from dashboard.review.draft import Draft
from dashboard.review.merging import merge
from dashboard.review.naming import printed


def show_person(token: str, draft: Draft, record: str) -> None:
    """Merge at once; names and sides are saved together."""
    _, row = draft.by_id[record]
    show_merge(token, draft, record, "actors")
    mark = stamp(draft, record)
    with st.form(f"person {record}", border=False):
        left, right = st.columns([3, 2])
        with left:
            cells = {"name": text(mark, row, "name", "Name, as the page shows it")}
        with right:
            cells["kind"] = choice(mark, "actors", row, "kind")
        cells["role"] = text(mark, row, "role", "Role, in your own words")
        end_form(token, record, cells)
    if box := later("Whom they speak for, names as printed", f"names {record}"):
        with box:
            _show_sides(token, draft, record)
    show_mentions(token, draft, record)


def _show_sides(token: str, draft: Draft, record: str) -> None:
    _, row = draft.by_id[record]
    mark = stamp(draft, record)
    others = names_of(draft, "actors", but=record, empty="Nobody")
    with st.form(f"sides {record}", border=False):
        cells = {
            "member_of": one_of(mark, row, "member_of", others, "Speaks for"),
            "member_basis": choice(
                mark, "actors", row, "member_basis", "Who they speak for is", optional=True
            ),
            "member_note": text(mark, row, "member_note", "Why we infer it"),
            "aliases": text(mark, row, "aliases", "Names as printed, with | between them"),
            "wikidata": text(mark, row, "wikidata", placeholder="Q22316"),
        }
        end_form(token, record, cells, accepts=False)


def show_merge(token: str, draft: Draft, record: str, table: str) -> None:
    """Who or what it is the same as: it goes, and the other has all that it had."""
    names = names_of(draft, table, but=record)
    if not names:
        return
    key = f"same as {record} {len(names)}"

    def on_click() -> None:
        kept = st.session_state.get(key)
        if kept and do(token, f"Merge {record} into {kept}",
                       lambda d: merge(d, kept, record, reviewer())):  # fmt: skip
            choose(str(kept))

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Same as",
            list(names),
            index=None,
            format_func=names.__getitem__,
            key=key,
            placeholder="Choose, to merge the two",
        )
        st.button(
            "Merge",
            key=f"merge {record}",
            icon=":material/merge:",
            disabled=not st.session_state.get(key),
            on_click=on_click,
        )


def show_mentions(token: str, draft: Draft, record: str) -> None:
    """Where it is named; a wrong one is taken away."""
    anchors = draft.anchors.get(record, ())
    box = later(f"Where it is named: {len(anchors)}", f"mentions {record}")
    if box is None:
        return
    with box:
        for anchor in anchors:
            named = f"¶ {anchor['paragraph']} “{cut(printed(draft, anchor), 40)}”"
            st.button(
                f"Take away {escape(named)}",
                key=f"drop {anchor['id']}",
                type="tertiary",
                icon=":material/remove:",
                disabled=len(anchors) == 1,
                on_click=act,
                args=(token, f"Take a mention from {record}", _dropper(anchor["id"])),
            )


def _dropper(mention: str) -> Callable[[Draft], Draft]:
    return lambda draft: drop_mention(draft, mention)
