"""The escalation ladder, and the people to be moved when a provider is lost."""
