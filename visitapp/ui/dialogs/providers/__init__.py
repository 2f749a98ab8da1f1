"""The dialogs of providers and their contacts."""
