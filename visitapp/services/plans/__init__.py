"""Improvement plans."""
