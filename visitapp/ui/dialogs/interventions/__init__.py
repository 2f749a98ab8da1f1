"""Dialogs about interventions."""
