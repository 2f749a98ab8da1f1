"""Commands about who holds what."""
