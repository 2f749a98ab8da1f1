"""Who holds what: hand-overs, cover, leavers."""
