"""The page Decisions: what waits for somebody to decide."""
