"""The studio: rulebooks replayed, tuned and saved on the screen of a notebook."""
