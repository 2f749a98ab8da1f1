"""The briefing of a visit on one page."""
