"""Rulebooks as text, and the way from text to the model and back."""
