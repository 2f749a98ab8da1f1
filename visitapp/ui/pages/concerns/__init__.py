"""Concerns: their list, their card on a setting and their dialogs."""
