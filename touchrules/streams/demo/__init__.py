"""Makes up a year of touches of a company, and tells what was planted in it."""
