"""What leaves the dashboard: one module a format, from the visible part of a story to bytes."""
