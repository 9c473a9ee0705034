"""The engine that decides touches as they come, and keeps what it decided."""
