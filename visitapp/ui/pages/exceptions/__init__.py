"""Placement exceptions of a setting."""
