"""Commands of concerns."""
