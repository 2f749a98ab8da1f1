"""The plan as a file for the provider, and what comes back in it."""
