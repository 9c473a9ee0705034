"""The studio's views: thin widgets over its state."""
