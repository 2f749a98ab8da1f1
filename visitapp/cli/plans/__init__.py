"""Commands on improvement plans."""
