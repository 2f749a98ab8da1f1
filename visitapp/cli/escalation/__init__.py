"""Commands of the escalation ladder."""
