"""What an operator sets in the environment; read once, all faults at once."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.links import story_page

if TYPE_CHECKING:
    from collections.abc import Mapping

PUBLIC_URL = "DATELINE_PUBLIC_URL"
TRUST_PROXY = "DATELINE_TRUST_PROXY"
FRAME_PAGE = "DATELINE_FRAME_PAGE"
FRAME_EMBEDS = "DATELINE_FRAME_EMBEDS"
ADD = "DATELINE_ADD"
LIBRARY = "DATELINE_LIBRARY"
METRICS = "DATELINE_METRICS"
READERS = "DATELINE_READERS"
NAMES = (
    PUBLIC_URL, TRUST_PROXY, FRAME_PAGE, FRAME_EMBEDS, ADD, LIBRARY, METRICS, READERS,
    # Read elsewhere: by the shelf, by `geocode`, by the tests.
    "DATELINE_STORY", "DATELINE_CACHE", "DATELINE_CONTACT", "DATELINE_ARTICLES",
)  # fmt: skip
MOST_READERS = 120  # for a process; all choosing every 5 s, they take two thirds of a core
ADDING = ("zip", "write", "off")
WORDS = {"none": "'none'", "self": "'self'", "any": "*"}
LISTEN = re.compile(r"(?:\[([0-9a-f:]+)\]|([a-z0-9.-]+)):([0-9]{1,5})", re.IGNORECASE)
HOST = re.compile(r"(https?://)?(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?", re.IGNORECASE)


class SettingError(ValueError):
    """Settings that cannot be used; the text names each, what is wrong, and the remedy."""


@dataclass(frozen=True)
class Settings:
    """`public_url` ends in "/", or is "" when it is not set; `frame_*` are CSP source lists.

    `trust_proxy` says that nobody but a proxy reaches this process, and that it overwrites the
    headers X-Forwarded-Host and X-Forwarded-Proto. `add` says what becomes of a story that is made
    on the page “Add a story”: `zip` hands it to who made it and writes nothing, `write` puts it
    beside the served one, `off` has no such page. `library` is where the library lies (a file or a
    database's address, which may hold a password: never to be shown), or "": no library's pages.
    `metrics`: host and port that they are read at, None: they are not.
    `readers` is how many may have the page open at once, for each process.
    """

    public_url: str
    trust_proxy: bool
    frame_page: str
    frame_embeds: str
    add: str
    library: str = field(default="", repr=False)
    metrics: tuple[str, int] | None = None
    readers: int = MOST_READERS


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process. Raises SettingError."""
    return read_settings(os.environ)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in an environment. Raises SettingError with every fault."""
    faults: list[str] = []
    given = environment.get(PUBLIC_URL, "").strip()
    public_url = story_page(given)
    if given and not public_url:
        faults.append(f"{PUBLIC_URL}: give the page's address, like https://news.example.org/story")
    trust = (environment.get(TRUST_PROXY) or "false").strip().lower()
    if trust not in ("true", "false"):
        faults.append(f"{TRUST_PROXY}: give true or false")
    frames = {}
    for name, default in ((FRAME_PAGE, "none"), (FRAME_EMBEDS, "any")):
        parts = re.split(r"[\s,]+", (environment.get(name) or default).strip())
        alone = {"none", "any"} & set(parts)
        if (alone and len(parts) > 1) or not all(p in WORDS or HOST.fullmatch(p) for p in parts):
            faults.append(f"{name}: give none, any, or hosts like self https://*.example.org")
        frames[name] = " ".join(WORDS.get(part, part) for part in parts)
    add = (environment.get(ADD) or "zip").strip().lower()
    if add not in ADDING:
        faults.append(f"{ADD}: give zip, write or off")
    listen = environment.get(METRICS, "").strip()
    metrics = LISTEN.fullmatch(listen)
    if listen and not (metrics and 0 < int(metrics[3]) < 65536):
        faults.append(f"{METRICS}: give a host and a port, like 127.0.0.1:9464")
    readers = (environment.get(READERS) or str(MOST_READERS)).strip()
    if not re.fullmatch("[1-9][0-9]{0,5}", readers):
        faults.append(f"{READERS}: give a number of readers, like {MOST_READERS}")
    if faults:
        raise SettingError("; ".join(faults))
    return Settings(
        public_url=public_url,
        trust_proxy=trust == "true",
        frame_page=frames[FRAME_PAGE],
        frame_embeds=frames[FRAME_EMBEDS],
        add=add,
        library=environment.get(LIBRARY, "").strip(),
        metrics=(metrics[1] or metrics[2], int(metrics[3])) if metrics else None,
        readers=int(readers),
    )


def unknown_names(environment: Mapping[str, str]) -> list[str]:
    """A fault for each variable that looks like a setting and is none: nobody reads it."""
    return [
        f"{name}: is no setting; {f'write {near[0]}' if near else 'see the README for all'}"
        for name in sorted(environment)
        if name.startswith("DATELINE_") and name not in NAMES
        for near in [get_close_matches(name, NAMES, n=1, cutoff=0.8)]
    ]
