"""The theme of the page as CSS: its colours by name, for print-like pages and charts alike.

Charts are given names of colours (`var(--text)`) instead of colours, so one drawing serves light,
dark and paper, and a switch between them keeps the zoom.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard.palette import INKS, SLOTS, STANCES, Ink

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"
INK = Ink(**{name: f"var(--{name})" for name in Ink.__dataclass_fields__})
SIDES = [f"var(--side-{slot})" for slot in SLOTS]
_NAMES = {
    "backgroundColor": "background",
    "secondaryBackgroundColor": "field",
    "primaryColor": "primary",
    "linkColor": "link",
    "borderColor": "border",
}


@lru_cache(maxsize=1)
def theme_css() -> str:
    """Custom properties for light, dark and print, and the look of each stance."""
    light, dark = _properties("light"), _properties("dark")
    stances = "\n".join(
        f".stance-{name} {{ color: {look.text}; background: {look.background}; }}"
        for name, look in STANCES.items()
    )
    return (
        f":root {{ color-scheme: light dark; {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
        f"{stances}\n"
    )


def _properties(scheme: str) -> str:
    theme: dict[str, Any] = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][scheme]
    found = {css: theme[name] for name, css in _NAMES.items()}
    found |= vars(INKS[scheme])
    found |= {f"side-{n}": color for n, color in enumerate(theme["chartCategoricalColors"])}
    return " ".join(f"--{name}: {value};" for name, value in found.items())
