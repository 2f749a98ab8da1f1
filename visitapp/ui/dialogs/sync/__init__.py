"""The dialogs of sync: connecting, refused changes, removal, rescue files."""
