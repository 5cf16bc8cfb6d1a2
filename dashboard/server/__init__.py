"""The server around the page: routes, headers, compression, and a warm start."""
