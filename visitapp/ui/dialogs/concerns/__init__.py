"""Dialogs of concerns."""
