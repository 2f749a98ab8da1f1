"""The digest by which a device and the server see at once whether they agree on the scope."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

from visitapp.records import KINDS

PEOPLE = "people."
"""What stands before a setting's id where a scope names its list of people to be moved."""


def people_of(setting_id: str) -> str:
    """What a scope calls the list of people of a setting. Not everybody who sees a setting sees its
    list, so a scope names both."""
    return PEOPLE + setting_id


def scope_digest(ids: Iterable[str], role: str) -> str:
    """The SHA-256, in hexadecimal, of the sorted ids, the role and the names of the kinds that it
    does not see, a line each. Nothing gives an empty text."""
    lines = sorted((*ids, *hidden_kinds(role), *([role] if role else ())))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest() if lines else ""


@cache
def hidden_kinds(role: str) -> tuple[str, ...]:
    """The kinds of which a role sees nothing: no record, nor history, steps or conflicts of one. A
    role that is not known yet hides none."""
    return tuple(name for name, kind in KINDS.items() if role and not kind.__kind__.seen_by(role))
