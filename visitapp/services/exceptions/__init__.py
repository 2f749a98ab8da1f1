"""Placement exceptions."""
