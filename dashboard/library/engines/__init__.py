"""Where a library lies, and how an expression over its tables is run there."""
