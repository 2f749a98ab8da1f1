"""A council's own rules as a versioned document: its model, its check, its text as a policy."""
