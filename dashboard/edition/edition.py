"""An edition: a story as one HTML file that answers its readers without a server."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard import records
from dashboard.basemap import CREDIT, SHAPES
from dashboard.dates import day, period
from dashboard.describe import KINDS
from dashboard.edition import contents
from dashboard.edition.bundle import bundle
from dashboard.edition.charts import charts, specs
from dashboard.edition.rows import rows
from dashboard.edition.theme import theme_css
from dashboard.facets import facets
from dashboard.links import is_web
from dashboard.palette import STANCES, slot
from dashboard.plain import CONTROL
from dashboard.selection import WHOLE
from dashboard.telling import drafts, evidence, wording
from dashboard.telling.inferences import inferences
from dashboard.telling.questions import questions

if TYPE_CHECKING:
    from dashboard.story import Story

HERE = Path(__file__).parent
SCRIPTS = ("selection.js", "charts.js", "page.js")
FIRST = 48  # statements that every browser parses at once, as `PAGE` in page.js
# Old browsers, which stumble over the scripts, show the page that needs none.
BEGIN = (
    'if ([].toSorted) document.documentElement.classList.add("js");'
    'else addEventListener("DOMContentLoaded", function () {'
    'var later = document.querySelector(".cards > noscript");'
    "if (later) later.outerHTML = later.textContent; });"
)


def edition(story: Story, page: str = "") -> bytes:
    """The story's edition in UTF-8; the same story gives the same bytes.

    `page` is the address of the live page, for a link back. Raises ValueError when it is none of
    the web.
    """
    if page and not is_web(page):
        raise ValueError("the live page's address must begin with http:// or https://")
    styles = theme_css() + _read("edition.css")
    script = _script()
    html: str = _template().render(
        story=story,
        page=page,
        policy=_policy(styles, BEGIN, script, bundle()),
        styles=Markup(styles),  # noqa: S704 — our own files
        begin=Markup(BEGIN),  # noqa: S704
        script=Markup(script),  # noqa: S704
        bundle=Markup(bundle()),  # noqa: S704
        data=_json(rows(story)),
        specs=_json(specs(story)),
        basemap=_inert(SHAPES.read_text(encoding="utf-8").strip()),
        charts=charts(story),
        counts=facets(story, WHOLE),
    )
    return html.encode("utf-8")


def _policy(styles: str, *scripts: str) -> str:
    """A Content-Security-Policy that lets these scripts and styles run and nothing be asked for."""
    allowed = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(styles)}; img-src data:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _json(value: Any) -> Markup:
    return _inert(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def _inert(text: str) -> Markup:
    """JSON that nothing in it can end, wherever it stands in HTML."""
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704 — no markup is left in it


@lru_cache(maxsize=1)
def _script() -> str:
    only = 'if (!document.documentElement.classList.contains("js")) return;'
    return f"(() => {{\n{only}\n" + "\n".join(map(_read, SCRIPTS)) + "})();"


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _template() -> Any:
    loader = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
    )
    loader.globals |= {
        "records": records,
        "contents": contents,
        "wording": wording,
        "drafts": drafts,
        "evidence": evidence,
        "questions": questions,
        "inferences": inferences,
        "STANCES": STANCES,
        "FIRST": FIRST,
        "KINDS": KINDS,
        "CREDIT": CREDIT,
        "day": day,
        "period": period,
        "slot": slot,
        "is_web": is_web,
    }
    return loader.get_template("template.html")


def _visible(value: Any) -> Any:
    """Text from data without control characters and direction overrides."""
    return (
        CONTROL.sub(" ", value)
        if isinstance(value, str) and not isinstance(value, Markup)
        else value
    )
