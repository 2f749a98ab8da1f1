"""Commands about notices."""
