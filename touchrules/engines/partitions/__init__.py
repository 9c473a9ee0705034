"""Streams larger than memory, decided part by part by the columnar engine."""
