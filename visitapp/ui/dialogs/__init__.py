"""The dialogs, each given the service it acts through."""
