"""Rulebooks where reps work: the bundle that carries its own proof, and the engine that runs it."""
