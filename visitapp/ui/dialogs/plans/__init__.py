"""Dialogs about improvement plans."""
