"""A notice on paper."""
