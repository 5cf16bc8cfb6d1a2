"""Widgets ↔ selection ↔ address.

The widgets hold the state, under the names of `Selection`'s fields. Every change of theirs writes
the address; an address that this page did not write (a link, Back, Forward) is read into them. A
click on a chart or a link writes the same widgets. Nothing else holds state. Streamlit's own
`bind="query-params"` writes the label of an option, counts included, instead of its id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import streamlit as st

from dashboard.describe import KINDS, describe
from dashboard.facets import Facets, facets
from dashboard.links import KEYS, MAX_TEXT, from_query, to_query
from dashboard.markdown import escape
from dashboard.panels.text import heading, note
from dashboard.records import actors, topics
from dashboard.selection import ACTOR_ROLES, MANY, PLACE_ROLES, WHOLE, Selection
from dashboard.telling.choices import actor_choices, place_choices

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from dashboard.story import Story

ROLES = {
    "any": "Either",
    "by": "By",
    "about": "About",
    "in": "In",
}
ORDERS = {"article": "In article order", "speaker": "By speaker"}
ROLE_OF = {"actors": "actor_role", "places": "place_role"}
SHARE = "share"  # in an address: ask at once how to share it
ASKED = "asked for"  # a dialog, and the view that it is about
WRITTEN = "written query"  # the address as we last wrote or read it


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


def choose(story: Story, actions: Callable[[Selection], None]) -> Selection:
    """The filters, and what is shown, in words; returns what is chosen.

    `actions` draws what can be done with a selection, beside the words.
    """
    with st.container(border=True, key="filters"):
        _choose(story)
        _say(story, actions)
    return current()


def choose_briefly(story: Story) -> Selection:
    """The filters behind a button, for a panel that stands alone; returns what is chosen."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover("Filter", icon=":material/filter_alt:", key="filters"):
            _choose(story)
        _say(story)
    return current()


def show_summary(story: Story, selection: Selection) -> None:
    """What is shown, at the foot of the window while filters are set: far from them, too."""
    if selection.narrows:
        with st.bottom, st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":small[{escape(describe(story, selection))}]", width="stretch")
            st.button(
                "Reset",
                key="reset below",
                icon=":material/restart_alt:",
                type="tertiary",
                on_click=clear,
            )


def choose_order(visible: Story) -> str:
    """The heading of the statements, and their order: `article` or `speaker`."""
    heading("What they said", _how_many(visible))
    chosen = st.segmented_control(
        "Order of the statements",
        list(ORDERS),
        format_func=ORDERS.__getitem__,
        key="order",
        required=True,
        on_change=write_address,
        label_visibility="collapsed",
    )
    return str(chosen)


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
    _changed(facet)


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


def _changed(facet: str) -> None:
    """A facet's values have changed: a role that nothing has any more goes, too."""
    if facet in ROLE_OF and not st.session_state.get(facet):
        st.session_state[ROLE_OF[facet]] = "any"
    write_address()


def _hold(selection: Selection, order: str) -> None:
    for name in MANY:
        st.session_state[name] = list(getattr(selection, name))
    for name in ("actor_role", "place_role", "text", "quote"):
        st.session_state[name] = getattr(selection, name)
    st.session_state.order = order


def _ours() -> dict[str, list[str]]:
    return {key: st.query_params.get_all(key) for key in (*KEYS, "order") if key in st.query_params}


def _choose(story: Story) -> None:
    counts = facets(story, current())
    _choose_actors(story, counts)
    _choose_places(story, counts)
    _choose_kinds(story, counts)


def _choose_actors(story: Story, counts: Facets) -> None:
    who, held = actors(story), current()
    names = {c.id: c.name for c in actor_choices(story) if not c.spare or c.id in held.actors}
    with _row():
        st.multiselect(
            "Actors",
            list(names),
            format_func=lambda i: f"{names[i]}\u2002{counts.actors.get(i, 0)}",
            key="actors",
            placeholder="Anyone. Choose or type a name",
            on_change=_changed,
            args=("actors",),
            select_all=False,
        )
        _choose_role("Said by or about them", "actor_role", ACTOR_ROLES)
        st.text_input(
            "Words",
            key="text",
            type="search",
            max_chars=MAX_TEXT,
            placeholder="Search words, contexts and names",
            icon=":material/search:",
            on_change=write_address,
        )
    if held.about:
        _choose_pills("And about", "about", {i: who[i].name for i in held.about}, counts.about)


def _choose_places(story: Story, counts: Facets) -> None:
    held = current().places
    names = {c.id: c.name for c in place_choices(story) if not c.spare or c.id in held}
    with _row():
        _choose_pills("Places", "places", names, counts.places)
        _choose_role("Said in or about them", "place_role", PLACE_ROLES)


def _choose_kinds(story: Story, counts: Facets) -> None:
    names = {topic.id: topic.name for topic in topics(story).values()}
    with _row():
        _choose_pills("Topics", "topics", names, counts.topics)
        _choose_pills("Kind of statement", "kinds", KINDS, counts.kinds)


def _row() -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="bottom", gap="medium")


def _choose_pills(
    label: str, key: str, names: Mapping[str, str], counts: Mapping[str, int]
) -> None:
    st.pills(
        label,
        list(names),
        format_func=lambda i: f"{escape(names[i])}\u2002{counts.get(i, 0)}",
        selection_mode="multi",
        key=key,
        wrap=True,
        on_change=_changed,
        args=(key,),
    )


def _choose_role(label: str, key: str, roles: Sequence[str]) -> None:
    st.segmented_control(
        label,
        roles,
        format_func=ROLES.__getitem__,
        key=key,
        required=True,
        on_change=write_address,
    )


def _say(story: Story, actions: Callable[[Selection], None] | None = None) -> None:
    selection = current()
    with st.container(horizontal=True, vertical_alignment="center", key="summary"):
        st.markdown(f"**{escape(describe(story, selection))}**", width="stretch")
        if actions:
            actions(selection)
        st.button(
            "Reset",
            key="reset",
            icon=":material/restart_alt:",
            type="tertiary",
            on_click=clear,
            disabled=not selection.narrows and not selection.quote,
        )
    if unknown := st.session_state.get("unknown"):
        named = ", ".join(escape(value) for value in unknown[:5])
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        note(f":material/info: This story does not know {named}{more}; left out.")


def _how_many(visible: Story) -> str:
    spoken = int(visible.quotes["kind"].isin(["direct", "mixed"]).sum())
    return (
        f"{spoken} in quotation marks, {len(visible.quotes) - spoken} reported, which we "
        "paraphrase in italics. Click what a statement is about to filter by it."
    )
