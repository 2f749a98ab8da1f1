"""Dialogs about who holds what."""
