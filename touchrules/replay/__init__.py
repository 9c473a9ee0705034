"""Runs rulebooks over a stream of past touches and tells what they would have found."""
