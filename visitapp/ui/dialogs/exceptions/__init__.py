"""Dialogs about placement exceptions."""
