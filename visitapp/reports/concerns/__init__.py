"""Concerns on paper."""
