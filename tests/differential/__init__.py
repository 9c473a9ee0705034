"""Random rulebooks over random streams: an engine against the plain evaluator, to the row."""
