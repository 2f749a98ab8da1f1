"""The window locks when nobody is at it."""
