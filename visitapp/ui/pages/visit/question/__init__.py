"""One question on the Visit page."""
