"""Removing records at the end of their retention period."""
