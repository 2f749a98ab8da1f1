"""Telling others that the rating or the placement position of a setting changed."""
