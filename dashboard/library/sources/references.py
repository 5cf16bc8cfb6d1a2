"""Owns what a source's names become: references, and the outlet of an address."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from urllib.parse import urlsplit

from dashboard.links import is_web
from dashboard.slug import slug

_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")

# Addresses of a plain shape, with their host: `links.is_web` accepts all of them. It is for `re`
# and for RE2, which must agree.
PLAIN = r"https?://([0-9A-Za-z][-.0-9A-Za-z]*)(?:/[!#-&(-;=?-\[\]-_a-~]*)?"
_PLAIN = re.compile(PLAIN)


def is_wikidata(text: str) -> bool:
    """Whether it is the id of an item in Wikidata: `Q58217`."""
    return bool(_WIKIDATA.fullmatch(text))


@lru_cache(maxsize=1 << 17)
def reference(name: str) -> str:
    """A name as a reference: its slug; of a name without Latin letters a hash; "" of no name."""
    if not name:
        return ""
    return slug(name) or f"n-{sha256(name.encode()).hexdigest()[:12]}"


@lru_cache(maxsize=1 << 17)
def host_outlet(host: str) -> tuple[str, str]:
    """The outlet of a host, reference and name: its name without `www.`, in small letters."""
    name = host.lower().strip(".").removeprefix("www.")
    return reference(name), name


def host_of(url: str) -> str:
    """The host of an address that a page may link to; "" of any other."""
    if plain := _PLAIN.fullmatch(url):
        return plain[1]
    if not is_web(url):
        return ""
    return urlsplit(url).hostname or ""
