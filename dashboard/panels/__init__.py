"""Panels: a story, or the part of it that is shown → page elements. One module a panel."""
