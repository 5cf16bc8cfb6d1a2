"""What is chosen ↔ the address.

The widgets hold it, in the session's state, under the names of `Selection`'s fields. Every change
of theirs writes the address; an address that this page did not write (a link, Back, Forward) is
read into them. A click on a chart or a link writes the same state. Nothing else holds any.
Streamlit's own `bind="query-params"` writes the label of an option, counts included, not its id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import streamlit as st
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from dashboard.links import KEYS, MAX_TEXT, from_query, to_query
from dashboard.selection import MANY, WHOLE, Selection
from dashboard.settings import HOST, settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.story import Story

ORDERS = {"article": "In article order", "speaker": "By speaker"}
ROLE_OF = {"actors": "actor_role", "places": "place_role"}
SHARE = "share"  # in an address: ask at once how to share it
ASKED = "asked for"  # a dialog, and the view that it is about
WRITTEN = "written query"  # the address as we last wrote or read it


def base_path() -> str:
    """The path that the app is served under: "" or "/path"."""
    return f"/{str(st.get_option('server.baseUrlPath') or '').strip('/')}".rstrip("/")


def page_address() -> str:
    """The story page's address as its reader knows it, ending in "/"."""
    parts = urlsplit(str(st.context.url or ""))
    return settings().public_url or f"{parts.scheme}://{parts.netloc}{base_path()}/"


def known_address(headers: Mapping[str, str], port: int | None) -> str:
    """The story page's address as the server knows it, whatever a reader claims; ends in "/".

    The setting `DATELINE_PUBLIC_URL`; else what a trusted proxy forwards; else Streamlit's own
    `browser.serverAddress` and the port that is asked. The Host header is never believed.
    """
    known = settings()
    if known.public_url:
        return known.public_url
    base = base_path()
    if known.trust_proxy:
        host = headers.get("x-forwarded-host", "").split(",")[0].strip()
        proto = headers.get("x-forwarded-proto", "").split(",")[0].strip().lower()
        if _is_allowed(host) and proto in ("http", "https"):
            return f"{proto}://{host}{base}/"
    name = str(st.get_option("browser.serverAddress") or "localhost")
    return f"http://{name}{f':{port}' if port and port != 80 else ''}{base}/"


def session_address() -> str:
    """The same for a session: what is made on the server for many is made for this address."""
    return known_address(st.context.headers, st.get_option("server.port"))


def current() -> Selection:
    """The selection that the widgets hold."""
    held = st.session_state
    return Selection(
        **{name: tuple(held.get(name) or ()) for name in MANY},
        actor_role=held.get("actor_role") or "any",
        place_role=held.get("place_role") or "any",
        text=(held.get("text") or "")[:MAX_TEXT],
        quote=held.get("quote") or "",
    )


def read_address(story: Story) -> None:
    """Put the address into the widgets, if it is not one that they wrote."""
    query = _ours()
    # Another page was visited in between when the widgets are gone: Streamlit drops them.
    if st.session_state.get(WRITTEN) == query and "actor_role" in st.session_state:
        return
    selection, unknown = from_query(query, story)
    order = query.get("order", ["article"])[0]
    if order not in ORDERS:
        order, unknown = "article", (*unknown, f"order={order[:40]}")
    _hold(selection, order)
    st.session_state.unknown = unknown
    st.session_state[WRITTEN] = query
    if SHARE in st.query_params:
        ask("share", selection)


def write_address() -> None:
    """Put the widgets into the address; parameters that are not ours stay as they are."""
    query = to_query(current())
    if st.session_state.get("order") == "speaker":
        query["order"] = ["speaker"]
    foreign = {
        key: st.query_params.get_all(key)
        for key in dict.fromkeys(st.query_params)
        if key not in (*KEYS, "order", SHARE)
    }
    st.query_params.from_dict(foreign | query)
    st.session_state.unknown = ()
    st.session_state[WRITTEN] = query


def clear() -> None:
    """Choose nothing; the order of the statements stays."""
    _hold(WHOLE, st.session_state.get("order", "article"))
    write_address()


def toggle(facet: str, value: str, role: str = "") -> None:
    """Choose a value of a facet, or release it if it is chosen already, in that role.

    Without a role the one that is set stays. A role goes when nothing is left to have it.
    """
    held = list(st.session_state.get(facet) or ())
    key = ROLE_OF.get(facet, "")
    if value in held and (not key or role in ("", st.session_state.get(key))):
        held.remove(value)
    elif value not in held:
        held.append(value)
    st.session_state[facet] = held
    if key and role and held:
        st.session_state[key] = role
    changed(facet)


def hold(**chosen: Any) -> None:
    """Choose just these values in these facets; release them all if that is what is chosen."""
    now = current()
    wanted = now.but(**chosen)
    if wanted == now:
        wanted = now.but(**{name: getattr(WHOLE, name) for name in chosen})
    _hold(wanted, st.session_state.get("order", "article"))
    write_address()


def follow(story: Story, address: str) -> None:
    """Do what a link on the page asks: `./?…` shows just that, `?…` toggles its one choice.

    Links are part of the page and yet come back from the browser: they are read like any address.
    """
    query = parse_qs(address.removeprefix("./").removeprefix("?"), max_num_fields=40)
    selection, _ = from_query(query, story)
    if SHARE in query:
        ask("share", selection)
    elif selection.quote:
        st.session_state.quote = selection.quote
        write_address()
    elif address.startswith("./"):
        _hold(selection, st.session_state.get("order", "article"))
        write_address()
    else:
        for name in MANY:
            for value in getattr(selection, name):
                toggle(name, value, selection.role(name) if name in ROLE_OF else "")


def ask(what: str, selection: Selection) -> None:
    """Ask, once, to `share` or `download` a view."""
    st.session_state[ASKED] = (what, selection)


def clicked(chart: str, fields: tuple[str, ...]) -> list[dict[str, str]]:
    """What the last click on a chart chose or released: one dict of `fields` each.

    A chart reports all that is selected in it; what differs from its last report is what was
    clicked. Its own selection is never shown: what is highlighted follows from the rows. Land has
    no fields, and a click on it means nothing.
    """
    report = st.session_state[chart]["selection"].get("pick", [])
    now = [{field: point[field] for field in fields} for point in report
           if all(point.get(field) for field in fields)]  # fmt: skip
    before = st.session_state.get(f"{chart} before", [])
    st.session_state[f"{chart} before"] = now
    return [p for p in now if p not in before] + [p for p in before if p not in now]


def changed(facet: str) -> None:
    """A facet's values have changed: a role that nothing has any more goes, too."""
    if facet in ROLE_OF and not st.session_state.get(facet):
        st.session_state[ROLE_OF[facet]] = "any"
    write_address()


def _is_allowed(host: str) -> bool:
    return bool(HOST.fullmatch(host)) and "://" not in host and is_host_allowed(host)


def _hold(selection: Selection, order: str) -> None:
    for name in MANY:
        st.session_state[name] = list(getattr(selection, name))
    for name in ("actor_role", "place_role", "text", "quote"):
        st.session_state[name] = getattr(selection, name)
    st.session_state.order = order


def _ours() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in (*KEYS, "order") if key in st.query_params}
