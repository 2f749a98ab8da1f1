"""Background sync as the window runs it and reports it."""
