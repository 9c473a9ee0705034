"""The columnar engine: whole columns of touches at once."""
