"""Files of touches, and the way from them to one typed, ordered stream."""
