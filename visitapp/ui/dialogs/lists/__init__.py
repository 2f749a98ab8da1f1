"""Dialogs of lists."""
