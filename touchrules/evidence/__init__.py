"""What the past tells about the rules themselves."""
