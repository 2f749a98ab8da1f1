"""What a role is shown and offered: derived from the declarations of the kinds of record."""

from __future__ import annotations

from functools import cache

from visitapp.records import KINDS


@cache
def hidden(role: str) -> frozenset[str]:
    """The kinds of record of which a role sees nothing."""
    return frozenset(name for name, kind in KINDS.items() if not kind.__kind__.seen_by(role))


@cache
def may_make(role: str, kind: str) -> bool:
    """Whether a role writes records of a kind at all."""
    return role in KINDS[kind].__kind__.writers
