"""Owns where statements were printed: addresses that a page may link to, and their outlets."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.library.sources.references import PLAIN, host_of, host_outlet


def printed(urls: pa.Array) -> dict[str, pa.Array]:
    """Of lists of addresses: those that may be links, and the outlet of each, by its host."""
    flat, offsets = urls.flatten(), urls.offsets
    if len(urls) and (urls.offset or offsets[0].as_py()):
        offsets = pc.subtract(offsets, offsets[0])
    hosts = _hosts(flat)
    web = pc.not_equal(hosts, "")
    if not pc.all(web).as_py():
        kept = pc.cumulative_sum(web.cast(pa.int32()))
        before = pa.concat_arrays([pa.array([0], pa.int32()), kept])
        flat, hosts, offsets = flat.filter(web), hosts.filter(web), before.take(offsets)
    named = hosts.dictionary_encode()
    outlets = [host_outlet(host) for host in named.dictionary.to_pylist()]
    columns = {"urls": flat}
    for place, name in enumerate(("outlets", "outlets_names")):
        values = pa.array([outlet[place] for outlet in outlets], pa.string())
        columns[name] = values.take(named.indices)
    return {name: pa.ListArray.from_arrays(offsets, values) for name, values in columns.items()}


def _hosts(urls: pa.Array) -> pa.Array:
    urls = urls.fill_null("")
    plain = pc.match_substring_regex(urls, f"^{PLAIN}$")
    shaped = pc.if_else(plain, urls, "//")
    hosts = pc.list_element(pc.split_pattern(shaped, "/", max_splits=3), 2)
    if pc.all(plain).as_py():
        return hosts
    odd = pc.invert(plain)
    return pc.replace_with_mask(
        hosts, odd, pa.array(map(host_of, urls.filter(odd).to_pylist()), pa.string())
    )
