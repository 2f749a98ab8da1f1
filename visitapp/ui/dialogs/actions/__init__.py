"""The dialogs of improvement actions."""
