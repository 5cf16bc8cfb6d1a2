"""The edition: one story as one HTML file that needs no server."""
