"""The improvement plan of a setting."""
