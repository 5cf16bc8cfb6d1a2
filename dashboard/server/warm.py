"""What the first reader would else wait for: the story read, its charts built once."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from anyio import to_thread
from streamlit import config

from dashboard.basemap import shapes_address
from dashboard.charts.locations import location_chart
from dashboard.charts.matrix import matrix_chart
from dashboard.charts.ribbon import ribbon_chart
from dashboard.charts.timeline import timeline_chart
from dashboard.charts.voices import voices_chart
from dashboard.metrics import published
from dashboard.palette import INKS
from dashboard.review.placing import put_back
from dashboard.server.logs import log_server_as_json
from dashboard.server.security import parents
from dashboard.settings import METRICS, SettingError, settings
from dashboard.shelf import load_story, story_folder
from dashboard.story import StoryError
from dashboard.version import program

if TYPE_CHECKING:
    import streamlit as st


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Warm up before the server answers its first request; a setting of no use ends it here."""
    log_server_as_json()
    log = logging.getLogger(__name__)
    try:
        known = settings()
    except SettingError as error:
        log.critical("%s", error)
        raise
    config.set_option("client.allowedOrigins", parents(known.frame_page))
    await to_thread.run_sync(warm)
    # What is there now stays; looking through all of it for garbage, as Python does every so
    # often, would hold up a reader for a tenth of a second each time.
    gc.collect()
    gc.freeze()
    with ExitStack() as stack:
        try:
            stack.enter_context(published(known.metrics))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            log.critical(
                "%s: %s; give another host and port, each process its own", METRICS, reason
            )
            raise
        log.info("%s serves", program())
        yield


def warm() -> None:
    """Fill the caches of the whole story, in both themes; a broken story is left to the page."""
    put_back(story_folder().absolute().parent)
    try:
        story = load_story()
    except StoryError:  # its faults are in the log
        return
    for ink in INKS.values():
        location_chart(story, story, ink, shapes_address())
        for chart in (voices_chart, matrix_chart, timeline_chart, ribbon_chart):
            chart(story, story, ink)
