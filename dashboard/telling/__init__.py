"""What the page and the edition both tell of a story, as plain values: no markup, no widgets."""
