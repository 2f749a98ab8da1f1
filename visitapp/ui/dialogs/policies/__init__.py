"""Dialogs of the council's policies."""
