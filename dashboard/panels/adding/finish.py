"""The finished page before it is published, what is wrong with it, and the publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.basemap import shapes_address
from dashboard.charts.locations import location_chart
from dashboard.charts.timeline import timeline_chart
from dashboard.charts.voices import voices_chart
from dashboard.checking.fault import Fault, StoryError
from dashboard.files import WriteError
from dashboard.markdown import escape
from dashboard.palette import INKS
from dashboard.panels.adding.acting import TOKEN, open_record
from dashboard.panels.adding.article import show_picker
from dashboard.panels.masthead import show_masthead
from dashboard.panels.statements import show_statements
from dashboard.panels.text import heading, note
from dashboard.review.decisions import progress
from dashboard.review.draft import WALKED, Draft, ReviewError
from dashboard.review.editing import rename
from dashboard.review.publish import faults, package, write, zipped
from dashboard.review.settled import settled
from dashboard.review.store import GONE, STORE
from dashboard.settings import settings
from dashboard.shelf import story_folder
from dashboard.story import Story, as_story

if TYPE_CHECKING:
    from dashboard.charts.chart import Chart

STEP = "step"
CHECKED = "checked draft"
MOST_FAULTS = 30


def show_finish(token: str) -> None:
    """The check, the way out, and below them the page as readers will see it."""
    room = STORE.look(token)
    if room is None:
        st.error(GONE, icon=":material/error:")
        return
    draft = room.draft
    if st.button("Back to the review", key="back", icon=":material/arrow_back:", type="tertiary"):
        _leave()
    found, story = _checked(token, room.revision, draft)
    if found:
        _show_faults(draft, found)
        return
    _show_way_out(token, draft)
    st.divider()
    note("**Preview.** This is the page as its readers will see it, without its filters.")
    _show_preview(story)
    show_picker(token, "")  # no link of the preview's leads anywhere


def _checked(token: str, revision: int, draft: Draft) -> tuple[list[Fault], Story | None]:
    """Faults and story of a draft, made once for each revision that this reader looks at."""
    held = st.session_state.get(CHECKED)
    if held is None or held[0] != (token, revision):
        found = faults(draft)
        story = None if found else as_story(package(draft))
        held = ((token, revision), found, story)
        st.session_state[CHECKED] = held
    return held[1], held[2]


def _leave(record: str = "", draft: Draft | None = None) -> None:
    st.query_params.from_dict({TOKEN: st.query_params[TOKEN]})
    if draft is not None:
        open_record(draft, record if record in draft.by_id else draft.article["id"])
    st.rerun()


def _show_faults(draft: Draft, found: list[Fault]) -> None:
    many = "1 thing is" if len(found) == 1 else f"{len(found)} things are"
    st.error(f"**{many} to be mended before this can be published.**", icon=":material/error:")
    kept = settled(draft)
    for n, fault in enumerate(found[:MOST_FAULTS]):
        record = _record(kept, fault)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/build: {escape(str(fault))}", width="stretch")
            if st.button("Go there", key=f"fault {n}", type="tertiary"):
                _leave(record, draft)
    if len(found) > MOST_FAULTS:
        note(f"And {len(found) - MOST_FAULTS} more.")


def _record(draft: Draft, fault: Fault) -> str:
    rows = draft.rows(fault.table or "")
    if not fault.row or fault.row - 2 >= len(rows):
        return ""
    row = rows[fault.row - 2]
    anchored = row.get("record") or row.get("actor") or row.get("place")
    return (anchored if fault.table in ("passages", "mentions", "links") else "") or row.get(
        "id", ""
    )


def _show_way_out(token: str, draft: Draft) -> None:
    left = sum(total - done for done, total in (progress(draft, t) for t in WALKED))
    if left:
        were = "record is" if left == 1 else "records are"
        st.warning(
            f"{left} {were} not decided. They are published as drafts, and the page says so.",
            icon=":material/edit_note:",
        )
    with st.container(border=True, key="publish"):
        writes = settings().add == "write"
        st.markdown("**Publish**")
        slug = st.text_input(
            "Name of the story’s folder",
            draft.slug,
            key=f"slug {draft.slug}",
            max_chars=60,
            help="Small letters, digits, hyphens.",
        )
        if slug and slug != draft.slug:
            try:
                STORE.change(token, "Name the folder", lambda d: rename(d, slug))
                st.rerun()
            except ReviewError as error:
                st.error(escape(str(error)), icon=":material/error:")
                return
        if writes:
            _show_write(draft)
        else:
            note("Nothing is written here: take the story with you, and put it where it is served.")
        st.download_button(
            "Download the story (ZIP)",
            lambda: zipped(draft),
            file_name=f"{draft.slug}.zip",
            mime="application/zip",
            key="download story",
            icon=":material/download:",
            on_click="ignore",
        )
        note(
            "To go on with it later, keep the zip and the article’s text: “Add a story”, then “Go "
            "on with a story”. To serve it, unpack it into `data/stories` and set "
            f"`DATELINE_STORY=data/stories/{draft.slug}`."
        )


def _show_write(draft: Draft) -> None:
    stories = story_folder().absolute().parent  # beside the story that is served
    there = (stories / draft.slug).exists()
    over = there and st.checkbox(
        f"Replace the story {escape(draft.slug)} that is there already", key="replace"
    )
    if st.button(
        f"Write {escape(draft.slug)}",
        key="write",
        icon=":material/save:",
        disabled=there and not over,
        help=f"Into {escape(str(stories))}",
    ):
        try:
            folder = write(draft, stories, over=over)
        except (StoryError, WriteError) as error:
            st.error(escape(str(error)), icon=":material/error:")
            return
        st.success(f"Written: {escape(str(folder))}", icon=":material/check:")


def _show_preview(story: Story | None) -> None:
    if story is None:
        return
    ink = INKS["dark" if st.context.theme.type == "dark" else "light"]
    show_masthead(story)
    left, right = st.columns([7, 5], gap="large")
    with left:
        heading("Where it was said, where it points")
        _draw(location_chart(story, story, ink, shapes_address()), "map")
    with right:
        chart = voices_chart(story, story, ink)
        heading("Whose words")
        _draw(chart, "voices")
    heading("What they said")
    if len(story.quotes):
        show_statements(story, story, "article", "")
    else:
        st.info("There is no statement left: all were rejected.")
    if len(story.events):
        chart = timeline_chart(story, story, ink)
        heading("Before and after the article", escape(chart.caption))
        _draw(chart, "timeline")


def _draw(chart: Chart, key: str) -> None:
    st.vega_lite_chart(chart.rows, chart.spec, key=f"preview {key}", alt=chart.alt)
