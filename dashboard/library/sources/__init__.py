"""One module for each kind of source: what it is in, as records."""
