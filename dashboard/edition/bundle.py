"""Vega, Vega-Lite and Vega-Embed as one script."""

from __future__ import annotations

from functools import lru_cache

import vl_convert

START = "window.edition.draw(vegaEmbed);"


@lru_cache(maxsize=1)
def bundle() -> str:
    """The libraries, and the call that hands them to the edition's own script: 0.9 MB, 1.5 s."""
    script: str = vl_convert.javascript_bundle(START)
    if "</script" in script.lower() or "<!--" in script:
        raise ValueError("this version of the bundle cannot stand inside an HTML page")
    return script
