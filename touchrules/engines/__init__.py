"""What decides: the plan that all engines share, and the engines."""
