"""Who can hold settings, and when a cover lasts."""
