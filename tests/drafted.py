"""The first shipped story as a program would leave it: drafts, no address, no paraphrases yet."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.exports.story_zip import PACKAGE
from dashboard.story import Story
from tests.shipped import STORY

PROGRAM, EDITOR = "dateline 0.1 rules", "Ada *Bell*"
FOUND = ("quotes", "events", "actors", "places")  # the other tables people made by hand
REJECTED = "q-no-quote"


def drafted(*, accepted: Collection[str] = (), url: bool = False) -> Story:
    """The story with all that a program finds as drafts, save what the editor has accepted.

    The program is sure of one record in two. Drafts of indirect statements lack the paraphrase.
    """
    ids = [record for table in FOUND for record in STORY.tables[table]["id"]]
    decided: list[dict[str, Any]] = [
        {
            "record": record,
            "status": "accepted" if record in accepted else "draft",
            "decided_by": EDITOR if record in accepted else PROGRAM,
            "confidence": 0.9 if n % 2 else 0.4,
        }
        for n, record in enumerate(ids)
    ]
    article = STORY.articles["id"][0]
    decided.append(
        {"record": REJECTED, "status": "rejected", "decided_by": EDITOR, "confidence": 0.3}
        | {"article": article, "start": 5, "end": 9}
    )
    others = [
        {"record": "q-lavrov-lose", "n": 1, "confidence": 0.3, "actor": "staffan-de-mistura"},
        {"record": "moscow", "n": 1, "confidence": 0.1, "name": "Moscow", "country": "US"}
        | {"latitude": 46.73, "longitude": -117.0, "geonames": 5601538},
    ]
    quotes = STORY.quotes.copy()
    quotes.loc[~quotes["id"].isin(accepted), "paraphrase"] = None
    return replace(
        STORY,
        articles=STORY.articles if url else STORY.articles.assign(url=_nothing(STORY.articles)),
        quotes=quotes,
        reviews=_frame(decided, STORY.reviews),
        alternatives=_frame(others, STORY.alternatives),
    )


def unpacked(story: Story, folder: Path) -> Path:
    """The story's folder, written into another one."""
    with zipfile.ZipFile(io.BytesIO(PACKAGE.make(story, ""))) as package:
        package.extractall(folder / story.slug)
    return folder / story.slug


def _nothing(like: pd.DataFrame) -> pd.Series[Any]:
    return pd.Series([None] * len(like), dtype="str")


def _frame(rows: list[dict[str, Any]], like: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=like.columns).astype(dict(like.dtypes))


INDIRECT = STORY.quotes.loc[STORY.quotes["kind"] == "indirect", "id"].tolist()
ACCEPTED = ("q-lavrov-lose", "q-kerry-goal", "moscow", "sergey-lavrov")
DRAFT, PARTLY = drafted(), drafted(accepted=ACCEPTED, url=True)
