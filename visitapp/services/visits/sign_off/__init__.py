"""Sign-off, review, and what can be undone of both."""
