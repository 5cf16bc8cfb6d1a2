"""Tables of places: countries, regions, and GeoNames' cities and divisions (see README.md)."""
