"""Dialogs about notices."""
