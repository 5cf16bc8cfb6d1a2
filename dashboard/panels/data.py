"""The data: each table as filtered, to look at and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.exports.tables import table_csv
from dashboard.panels.text import note
from dashboard.story import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.story import Story


def show_data(story: Story, visible: Story) -> None:
    """One table at a time; built only when the reader opens it."""
    box = st.expander(
        "Data: the tables behind this page, as filtered",
        icon=":material/table:",
        key="data",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        filled = [name for name in TABLES if name == "quotes" or len(getattr(story, name))]
        name = st.segmented_control(
            "Table", filled, default="quotes", key="data table", required=True
        )
        rows: pd.DataFrame = getattr(visible, str(name))
        total = len(getattr(story, str(name)))
        note(f"{len(rows)} of {total} rows. Columns are explained in data/README.md.")
        st.dataframe(rows, hide_index=True)
        st.download_button(
            f"Download {name}.csv",
            table_csv(rows),
            file_name=f"{story.slug}-{name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
