"""Chance that falls the same way each time."""

from __future__ import annotations

from random import Random


def dice_for(story: str) -> Random:
    """Dice that always throw the same for the same story."""
    return Random(story)  # noqa: S311 - a fixed story, not a secret
