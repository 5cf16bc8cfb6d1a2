"""Owns columns of text: cleaned and folded as single texts are, many at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.library.folding import searchable
from dashboard.plain import line

# What `plain.line` changes: control characters, and white space that is not one plain space.
_UNCLEAN = (
    "[\\x00-\\x1f\\x7f-\\xa0\\x{1680}\\x{2000}-\\x{200a}\\x{2028}-\\x{202f}\\x{205f}"
    "\\x{2066}-\\x{2069}\\x{3000}]|  |^ | $"
)
_PRINTED = "[\\x{2018}\\x{2019}\\x{201c}\\x{201d}\\x{2013}\\x{2014}\\x{2026}]+"  # ‘ ’ “ ” – — …
_FOLDED = bytes(
    ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else ord(" ")
    for byte in range(256)
)


def clean(texts: pa.Array) -> pa.Array:
    """Each text as `plain.line` makes it: one line, nothing invisible; "" for null."""
    texts = texts.fill_null("")
    return _mend_by(texts, pc.match_substring_regex(texts, _UNCLEAN), _lines)


def _lines(texts: pa.Array) -> pa.Array:
    return pa.array(map(line, texts.to_pylist()), texts.type)


def folded(texts: pa.Array) -> pa.Array:
    """Each text as `folding.searchable` makes it.

    Typographic quotation marks and dashes part words as their plain forms do. What is ASCII but for
    them is folded all at once, what is not one by one, with the same outcome.
    """
    plain = _mend_by(texts, pc.invert(pc.string_is_ascii(texts)), _without_marks)
    other = pc.invert(pc.string_is_ascii(plain))
    if not pc.any(other).as_py():
        return _folded_ascii(plain)
    made = _folded_ascii(pc.if_else(other, "", plain))
    exact = pa.array(map(searchable, texts.filter(other).to_pylist()), made.type)
    return pc.replace_with_mask(made, other, exact)


def spoken(columns: Mapping[str, pa.Array]) -> pa.Array:
    """What was said, folded: the words, else the paraphrase; `folded` has the context, too."""
    given = {n: columns[n] for n in ("words", "paraphrase", "context") if n in columns}
    if all(pc.all(pc.equal(given[n], "")).as_py() for n in given if n != "words"):
        return columns["folded"]
    words = given.get("words", pa.repeat("", len(columns["folded"])))
    return folded(pc.if_else(pc.equal(words, ""), given.get("paraphrase", words), words))


def _without_marks(texts: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(texts, _PRINTED, " ")


def _folded_ascii(texts: pa.Array) -> pa.Array:
    """ASCII texts folded: each byte by a table, then every run of spaces made one."""
    spaced = pc.binary_join_element_wise(" ", texts, " ", "")  # which parts the rows
    offsets = np.frombuffer(spaced.buffers()[1], np.int32)[: len(spaced) + 1]
    letters = np.frombuffer(
        spaced.buffers()[2].to_pybytes().translate(_FOLDED) if len(spaced) else b"", np.uint8
    )
    kept = letters != ord(" ")
    kept[:-1] |= kept[1:]  # the space before a word
    within = np.concatenate([[0], np.cumsum(kept)])[offsets]
    ends = offsets[1:][np.diff(within) > 0] - 1  # and the one at the end of a text with any
    kept[ends] = True
    sizes = np.diff(within)
    made = np.concatenate([[0], np.cumsum(sizes + (sizes > 0))]).astype(np.int32)
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(made), pa.py_buffer(letters[kept]))


def _mend_by(texts: pa.Array, which: pa.Array, mend: Callable[[pa.Array], pa.Array]) -> pa.Array:
    if not pc.any(which).as_py():
        return texts
    return pc.replace_with_mask(texts, which, mend(texts.filter(which)))
