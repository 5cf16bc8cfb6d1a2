"""Charts: one module each, a story and its visible part → a Vega-Lite spec and its rows. Pure."""
