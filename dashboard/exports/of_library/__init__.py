"""What is taken away of a library: one module a format, written piece by piece."""
