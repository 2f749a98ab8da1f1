"""The escalation ladder: the steps that follow when a service does not improve."""
