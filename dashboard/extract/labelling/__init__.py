"""The labelling model: which words are content, cue or speaker, and what belongs together."""
