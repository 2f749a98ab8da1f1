"""Placement positions, and what they follow from."""
