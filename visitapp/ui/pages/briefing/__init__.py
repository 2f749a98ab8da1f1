"""The page of the briefing of a visit."""
