"""Takes rulebooks from where they are tuned to where reps work."""
