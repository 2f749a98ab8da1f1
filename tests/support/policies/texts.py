"""Policies that differ from the one that ships by their version, their day and a few values."""

from __future__ import annotations

from datetime import date

from visitapp.rules.policy.read import shipped_text


def policy_text(version: str, begins: date, *changes: tuple[str, str]) -> str:
    """The text of the policy that ships as another version, with each text replaced."""
    text = shipped_text()
    head = (('version: "2026.1"', f'version: "{version}"'), ("2026-01-01", begins.isoformat()))
    for old, new in (*head, *changes):
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
