"""Owns which kinds of source there are."""

from __future__ import annotations

from types import MappingProxyType

from dashboard.library.sources.gdelt import GDELT
from dashboard.library.sources.mapped import MAPPED
from dashboard.library.sources.quotebank import QUOTEBANK
from dashboard.library.sources.stories import STORY

KINDS = MappingProxyType({"story": STORY, "quotebank": QUOTEBANK, "gdelt": GDELT, "mapped": MAPPED})
