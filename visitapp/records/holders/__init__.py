"""Who holds settings and contracts, who covers for whom, and hand-overs."""
