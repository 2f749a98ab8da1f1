"""The dialogs of documents."""
