"""The page “Add a story”: give a text, review what was found in it, publish. One module a part."""
