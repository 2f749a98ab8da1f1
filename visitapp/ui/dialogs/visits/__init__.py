"""The dialogs of a visit, from its start to its sign-off and review."""
