"""Many stories and corpora as one library: reading them in, keeping them, asking them."""
