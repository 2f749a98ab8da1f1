"""Improvement actions: their list and their dialogs."""
