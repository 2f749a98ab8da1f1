"""What may be kept as evidence, for the desk and the server alike."""

from __future__ import annotations

MOST_BYTES = 25 * 1024 * 1024
"""The largest photo or document, as it is kept."""

LONGEST_SIDE = 2048
"""Pixels of a photo's longer side; larger ones are made smaller (decision 10)."""
