"""Owns fetching a page for the command line: the only part of extraction that touches a network.

The page "Add a story" never imports it: what a visitor types must not make a server ask others.
"""

from __future__ import annotations

import ipaddress
import socket
import time
import urllib.error
import urllib.request
from dataclasses import replace
from http.client import HTTPException
from typing import IO
from urllib.parse import urlsplit

from dashboard.extract.formats import LARGEST_PAGE, read_input
from dashboard.extract.given import Input, InputError

SECONDS = 20  # for a single answer of the server, and for the whole page
MOST_REDIRECTS = 5
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
}
SAVE = "save the page from the browser and give the file"


def fetch(url: str, *, private: bool = False) -> Input:
    """Fetch a page and read its article.

    Only http and https, a page's size, a few redirects; and only public addresses, because a
    link copied from elsewhere may lead to a service of one's own network. `private` is for somebody
    who wants that: a page of the newsroom's own server. Raises InputError.
    """
    opener = urllib.request.OpenerDirector()
    for handler in (
        _Guard(private),
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        _Redirects(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    headers = {"User-Agent": "dateline", "Accept": ", ".join(SUFFIXES)}
    _sound(url)
    try:
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 - _Guard allows no other scheme
        with opener.open(request, timeout=SECONDS) as answer:
            suffix = SUFFIXES.get(answer.headers.get_content_type(), "")
            if not suffix:
                what = answer.headers.get_content_type()
                raise InputError(f"the address gives {what[:40]}, not a page; {SAVE}")
            raw = _read(answer)
            charset, final = answer.headers.get_content_charset() or "", answer.geturl()
    except urllib.error.HTTPError as error:
        raise InputError(f"the server answers {error.code}; {SAVE}") from None
    except (OSError, HTTPException, ValueError) as error:
        if isinstance(error, InputError):
            raise
        reason = getattr(error, "reason", None) or error
        raise InputError(f"the page cannot be fetched ({reason}); {SAVE}") from None
    found = read_input(f"page{suffix}", raw, charset=charset)
    return replace(found, metadata=replace(found.metadata, url=found.metadata.url or final))


def _sound(url: str) -> None:
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound:
        raise InputError("the address is not one of http or https; copy the page's address")


def _read(answer: IO[bytes]) -> bytes:
    """The whole page; a server that sends it drop by drop is left."""
    deadline = time.monotonic() + SECONDS
    raw = b""
    while piece := answer.read(65536):
        raw += piece
        if len(raw) > LARGEST_PAGE:
            raise InputError(f"the page has more than {LARGEST_PAGE // 1_000_000} MB; {SAVE}")
        if time.monotonic() > deadline:
            raise InputError(f"the page did not arrive in {SECONDS} seconds; {SAVE}")
    return raw


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = MOST_REDIRECTS


class _Guard(urllib.request.BaseHandler):
    """Sees each request before it is sent, those after a redirect too."""

    def __init__(self, private: bool) -> None:
        self.private = private

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        _sound(request.full_url)
        host = urlsplit(request.full_url).hostname or ""
        if not self.private and not all(map(_public, _addresses(host))):
            raise InputError(f"{host} is an address of a private network; {SAVE}")
        return request

    https_request = http_request


def _addresses(host: str) -> set[str]:
    """The host's addresses; none when its name is not known here, as behind a proxy."""
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(host, None)}
    except OSError:
        return set()


def _public(address: str) -> bool:
    return ipaddress.ip_address(address.split("%")[0]).is_global
