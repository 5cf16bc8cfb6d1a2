"""Reading sources in, and laying them out as a library."""
