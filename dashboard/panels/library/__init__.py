"""What stands on the library's pages."""
