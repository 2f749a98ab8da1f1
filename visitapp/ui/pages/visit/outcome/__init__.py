"""The outcome on the Visit page."""
