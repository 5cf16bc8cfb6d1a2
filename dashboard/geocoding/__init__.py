"""Where a place is, asked of a geocoder: for authors, never while a page renders."""
