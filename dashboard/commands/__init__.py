"""The commands: one module each, what it is asked and what it prints."""
