"""From an article's text to a draft story: one module per question."""
