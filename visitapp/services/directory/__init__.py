"""Regulators' files: imported, and what they say anew."""
