"""Decisions that wait for somebody, of every subject."""
