"""The dialogs of a setting and its risk."""
