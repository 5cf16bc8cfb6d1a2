"""Printings of the same words beside each other: what differs is marked, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from dashboard.dates import day
from dashboard.library.comparison_told import quarrel, summed_up, sure, told
from dashboard.library.differing import ADDED, CHANGED, MISSING, SAME, Run
from dashboard.links import passage_url
from dashboard.markdown import escape, link
from dashboard.panels.library.cards import SHORT, actor_link
from dashboard.panels.text import note
from dashboard.plain import cut, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.library.answers import Named, Quotation
    from dashboard.library.attributing import Attribution
    from dashboard.library.comparing import Comparison, Printing

Source = tuple["Named", str, str]  # outlet, address, title

LONGEST = 2_400  # letters of a text on this page; longer ones are cut around what differs
AROUND = 120  # letters of common words that are left on either side of it then
MOST_PRINTED = 6  # statements of a printing that are named with their dates and sources
_ISOLATE, _END = "\u2068", "\u2069"


def show_unknown_statement(asked: str) -> None:
    """An address that asks for no statement, or for none that there is."""
    said = (
        f"The library has no statement by the id “{escape(cut(asked, 80))}”."
        if asked
        else "Every statement in the library has a link that leads here."
    )
    st.markdown(f":material/search_off: {said}")


def show_sum(found: Comparison) -> None:
    """How many printings there are, and where they differ; or that there is but one, and why."""
    st.markdown(f"**{escape(summed_up(found))}**")
    if not found.asked.words:
        st.markdown(
            "This statement is reported in other words, not quoted: there are no words to compare."
        )
    elif not found.others:
        st.markdown("The library has no printing of these words that differs.")


def show_conflict(found: Comparison) -> None:
    """Calls out that the same words are attributed to several people."""
    if found.conflicts:
        st.warning(
            "**Who said it?** The same words are attributed to different people: "
            f"{escape(quarrel(found.conflicts))}",
            icon=":material/person_alert:",
        )


def show_printings(found: Comparison, sources: Sequence[Source], served: str) -> None:
    """The wording that was asked for, and each other.

    `sources` are where the statement that was asked for was printed; `served` is the story that is
    served here.
    """
    with st.grid("auto", min_column_width=420 if len(found.others) == 1 else 340, gap="small"):
        _show(found.own, "THE PRINTING ASKED FOR", asked_marked(found), served, sources)
        for n, other in enumerate(found.others, 2):
            alike = "IN PART" if other.part else f"{int(100 * other.likeness)}% ALIKE"
            _show(other, f"PRINTING {n} · {alike}", marked(other.runs), served)
    if found.left_out:
        note(f"{found.left_out:,} more printings, which are less alike, are not shown.")


def show_legend(found: Comparison) -> None:
    """What the marks mean, and what counts."""
    if not found.asked.words:
        return
    marks = (
        f"{_mark('Bold on a tint', ':orange-background[**', '**]')}: differs. "
        f"{_mark('Struck through', '~~', '~~')}: in the printing asked for, but not in this one. "
        if found.others
        else ""
    )
    st.markdown(f":small[{marks}Case, accents and punctuation do not count as differences.]")


def marked(runs: Sequence[Run]) -> str:
    """A printing as Markdown: what only it has is bold on a tint, what it lacks is struck out."""
    parts = []
    for run in _shortened(runs):
        if run.kind == SAME:
            parts.append(_plain(run.theirs))
        if run.kind in (MISSING, CHANGED):
            parts.append(_mark(run.ours, ":gray[~~", "~~]"))
        if run.kind in (ADDED, CHANGED):
            parts.append(_mark(run.theirs, ":orange-background[**", "**]"))
    return _whole(parts)


def asked_marked(found: Comparison) -> str:
    """The wording that was asked for; what another one has not, or has otherwise, is bold.

    Beside several others it has no marks: each of theirs tells what it has instead.
    """
    if not found.own.words:
        return ""
    if len(found.others) != 1:
        return f"“{escape(cut(line(found.own.words), LONGEST))}”"
    parts = [
        _plain(run.ours) if run.kind == SAME else _mark(run.ours, ":orange-background[**", "**]")
        for run in _shortened(found.others[0].runs)
        if run.ours
    ]
    return _whole(parts)


def _show(
    printing: Printing, kicker: str, words: str, served: str, sources: Sequence[Source] = ()
) -> None:
    said = printing.statements[0]
    lines = [f":small[:gray[{kicker}]]  \n{words or _paraphrase(said)}"]
    if printing.runs:
        lines.append(f":small[{escape(told(printing))}]")
    lines.append("  \n".join(map(_attributed, printing.attributions)))
    lines.append(_printed(printing, served, sources))
    if printing.runs:
        compared = link("Compare with this one", words_address(said))
        lines.append(f":small[{compared}]")
    with st.container(border=True, height="stretch", key=f"printing-{said.id}"):
        st.markdown("\n\n".join(lines))


def _paraphrase(said: Quotation) -> str:
    return f"*{escape(cut(said.paraphrase, LONGEST))}*" if said.paraphrase else ""


def words_address(said: Quotation) -> str:
    """The address of this page for a statement."""
    return f"words?{urlencode({'quote': said.key})}"


def _attributed(found: Attribution) -> str:
    """Who is said to have spoken, and how sure that is; several are told apart by their outlets."""
    if not found.speaker:
        return ":gray[Speaker not named]"
    named = actor_link(found.speaker, f"**{escape(cut(found.speaker.name, SHORT))}**")
    parts = [sure(found.confidence)] if found.confidence is not None else []
    if len(found.outlets) > 1:
        parts.append(f"in {len(found.outlets):,} outlets")
    return f"{named} :small[:gray[{' · '.join(parts)}]]" if parts else named


def _printed(printing: Printing, served: str, sources: Sequence[Source]) -> str:
    """Who printed it, when, and the way there; the first few of many.

    Where the sources of the first statement are known, each has a line; else its outlets share one.
    """
    first, *more = printing.statements
    lines = [
        _line([outlet.name or "Outlet not named"], first, url, served if n == 0 else "")
        for n, (outlet, url, _) in enumerate(sources)
    ] or [_statement(first, served)]
    lines += [_statement(said, served) for said in more[:MOST_PRINTED]]
    rest = max(0, len(lines) - MOST_PRINTED) + max(0, len(more) - MOST_PRINTED)
    lines = lines[:MOST_PRINTED]
    if rest:
        lines.append(f":small[:gray[and {rest:,} more]]")
    return "\n".join(f"- {each}" for each in lines)


def _statement(said: Quotation, served: str) -> str:
    names = [outlet.name for outlet in said.outlets[:3]] or ["Outlet not named"]
    if (rest := len(said.outlets) - 3) > 0:
        names.append(f"{rest:,} more")
    return _line(names, said, said.url, served)


def _line(names: Sequence[str], said: Quotation, url: str, served: str) -> str:
    who = ", ".join(escape(cut(name, SHORT)) for name in names)
    when = f" :gray[· {day(said.date)}]" if said.date else ""
    ways = []
    if said.story and said.story == served and said.quote:
        ways.append(link("in its story", f"./?{urlencode({'quote': said.quote})}"))
    if address := passage_url(url, exact=said.words, first="", last=""):
        ways.append(link("in the original", address))
    return f":small[{who}{when}{' · ' if ways else ''}{' · '.join(ways)}]"


def _shortened(runs: Sequence[Run]) -> list[Run]:
    """Of a long text, the words around what differs; the same runs of a text that is not long."""
    if sum(len(run.theirs) + len(run.ours) for run in runs) <= 2 * LONGEST:
        return list(runs)
    return [Run(run.kind, _middle_out(run.ours), _middle_out(run.theirs)) for run in runs]


def _middle_out(text: str) -> str:
    if len(text) <= 3 * AROUND:
        return text
    head, tail = text[:AROUND].rpartition(" ")[0], text[-AROUND:].partition(" ")[2]
    return f"{head or text[:AROUND]} […] {tail or text[-AROUND:]}"


def _plain(text: str) -> str:
    """Escaped, its spaces kept; not isolated, for it is a part of a text that is."""
    bare = text.strip()
    if not bare:
        return " " if text else ""
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() else ""
    return f"{before}{escape(bare).strip(_ISOLATE + _END)}{after}"


def _mark(text: str, begin: str, end: str) -> str:
    """Marked, with the spaces outside of the mark."""
    plain = _plain(text)
    after = " " if plain.endswith(" ") else ""
    return f"{begin}{plain.strip()}{end}{after}" if plain.strip() else plain


def _whole(parts: Sequence[str]) -> str:
    """Parts of one text in quotation marks; letters of a right-to-left script order all of it."""
    told = f"“{''.join(parts).strip()}”"
    isolated = escape(told).startswith(_ISOLATE)
    return f"{_ISOLATE}{told}{_END}" if isolated else told
