"""Who holds what: the officers, their load, cover and hand-overs."""
