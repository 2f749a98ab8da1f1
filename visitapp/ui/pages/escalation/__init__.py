"""The escalation of a setting, and the people to be moved."""
