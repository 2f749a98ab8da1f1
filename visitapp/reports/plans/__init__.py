"""Improvement plans as they leave for the provider."""
