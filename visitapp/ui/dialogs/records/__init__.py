"""The dialog that edits a record field by field."""
