"""Checking a story: what a schema can say, what it cannot, and the article it was read from."""
