"""The briefing of a visit: what to know before the door opens."""
