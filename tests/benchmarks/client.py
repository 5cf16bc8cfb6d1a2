"""A reader without a browser: Streamlit's protocol over a websocket."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from dashboard.server.bounds import BURST, RATE

if TYPE_CHECKING:
    from types import TracebackType

TIMEOUT = 60  # seconds without a word of the server


@dataclass(frozen=True)
class Run:
    """One run of the script as a reader sees it; `text` is what its elements say."""

    milliseconds: float
    received: int
    messages: int
    text: str


class Reader:
    """Asks for the page under an address (`place=moscow`), as a link, Back or Forward does.

    `session`: the one that the reader had before the connection broke, if any. `connection`: what
    else `websockets.connect` is told.
    """

    def __init__(self, stream: str, session: str = "", **connection: Any) -> None:
        self.stream = stream
        self.session = session
        self.connection = connection
        self.page = ""
        self.asked: deque[float] = deque(maxlen=BURST)  # when; no faster than the server hears
        self.cached: deque[set[str]] = deque(maxlen=2)  # runs that a browser keeps messages for
        self.socket: ClientConnection

    async def __aenter__(self) -> Self:
        told = ["streamlit", "no-token", *filter(None, [self.session])]
        self.socket = await connect(
            self.stream,
            max_size=None,
            compression=None,
            subprotocols=told,
            **self.connection,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.socket.close()

    async def ask(self, query: str = "", page: str = "") -> Run:
        """Send a rerun; return when the script has finished and all of it has arrived.

        `page` is the last part of its address (`library`); "" is where the reader is.
        """
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_script_hash = "" if page else self.page
        asked.rerun_script.page_name = page
        asked.rerun_script.cached_message_hashes.extend(set().union(*self.cached))
        asked.rerun_script.context_info.color_scheme = "light"
        seen: set[str] = set()
        received = messages = 0
        told: list[str] = []
        if len(self.asked) == BURST:
            await asyncio.sleep(max(0.0, self.asked[-1] + 1 / RATE - time.perf_counter()))
        start = time.perf_counter()
        self.asked.append(start)
        await self.socket.send(asked.SerializeToString())
        while True:
            data = await asyncio.wait_for(self.socket.recv(decode=False), TIMEOUT)
            message = ForwardMsg.FromString(data)
            received += len(data)
            messages += 1
            kind = message.WhichOneof("type")
            if kind == "delta":
                told.append(_words(message.delta.new_element))
            if kind == "ref_hash":
                seen.add(message.ref_hash)
            elif message.metadata.cacheable:
                seen.add(message.hash)
            if kind == "new_session":
                self.page = message.new_session.page_script_hash
                self.session = message.new_session.initialize.session_id
            elif kind == "delta" and message.delta.new_element.HasField("exception"):
                raise RuntimeError(f"?{query}: {message.delta.new_element.exception.message}")
            elif kind == "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError(f"?{query}: status {message.script_finished}")
                milliseconds = (time.perf_counter() - start) * 1000
                self.cached.append(seen)
                return Run(milliseconds, received, messages, "\n".join(filter(None, told)))


def _words(element: Element) -> str:
    """What an element says, if it is one that speaks."""
    kind = element.WhichOneof("type")
    return str(getattr(element, kind).body) if kind in ("markdown", "alert") else ""
