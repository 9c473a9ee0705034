"""Rulebooks as one file that proves itself; FORMAT.md tells every field of it."""
