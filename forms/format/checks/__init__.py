"""Checks on a form file, by the part that they check."""
