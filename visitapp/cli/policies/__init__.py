"""Commands on the council's policy."""
