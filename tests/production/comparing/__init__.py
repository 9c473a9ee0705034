"""Two versions of rulebooks, compared."""
