"""Comparing outcomes: the server with what a device signed, a device with what it signed before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_FIGURES = ("overall", "level", "percent", "coverage", "provisional", "areas")
_OF_RESULT = ("id", "rag", "level", "percent", "coverage", "provisional")


def figures(outcome: Mapping[str, Any]) -> list[Any]:
    """Everything that an outcome decided, without its sentences: another version of the program may
    word the same outcome otherwise."""
    results = [[one.get(name) for name in _OF_RESULT] for one in listed(outcome, "results")]
    return [*(outcome.get(name) for name in _FIGURES), results]


def listed(outcome: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """A list of an outcome as a device sent it, which may hold anything."""
    found = outcome.get(name, [])
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
