"""A person's day: what waits, each with its one next step."""
