"""Tells in business words what two versions of rulebooks differ in, and what that changes."""
