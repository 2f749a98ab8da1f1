"""The page of the council's policies."""
