"""Rulebooks on their way to where reps work."""
