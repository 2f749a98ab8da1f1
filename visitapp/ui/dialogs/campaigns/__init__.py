"""The dialogs of campaigns."""
