"""The server: `streamlit run dashboard/app.py`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from dashboard.routes import ROUTES
from dashboard.security import SecurityHeaders
from dashboard.warm import lifespan

app = st.App(
    Path(__file__).parent / "page.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6),
    ],
)
