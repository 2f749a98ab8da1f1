"""Dialogs about the escalation ladder."""
