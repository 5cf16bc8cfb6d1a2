"""The server: `streamlit run dashboard/app.py`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from dashboard.server.admission import Admission
from dashboard.server.bounds import Bounds
from dashboard.server.compression import KeepCompressed
from dashboard.server.counted import Counted
from dashboard.server.failures import Failures, show_failure
from dashboard.server.gate import Gate
from dashboard.server.preload import Preload
from dashboard.server.routes import routes
from dashboard.server.security import SecurityHeaders
from dashboard.server.unfurl import Unfurl
from dashboard.server.warm import lifespan

app = st.App(
    Path(__file__).parent / "page.py",
    lifespan=lifespan,
    on_script_error=show_failure,
    routes=routes(st.get_option("server.baseUrlPath")),
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(Counted),
        Middleware(Failures),
        Middleware(Gate),
        Middleware(Bounds),
        Middleware(Admission),
        Middleware(Preload),
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6),
        Middleware(KeepCompressed),
        Middleware(Unfurl),
    ],
)
