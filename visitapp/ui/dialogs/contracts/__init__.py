"""The dialog of a contract."""
