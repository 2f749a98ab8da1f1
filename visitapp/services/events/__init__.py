"""Significant events, and the ratings that they change."""
