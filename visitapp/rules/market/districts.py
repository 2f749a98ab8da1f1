"""The names of districts: whether one is likely to be a slip of the keys."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from visitapp.language import Message, message

_OFFERED = 3


def district_warning(typed: str, known: Iterable[str]) -> Message | None:
    """A sentence about a district that no other setting has; None for one that is known, none at
    all, or the first of all."""
    by_key = {name.strip().casefold(): name for name in known if name.strip()}
    wanted = typed.strip().casefold()
    if not wanted or not by_key or typed.strip() in by_key.values():
        return None
    near = get_close_matches(wanted, sorted(by_key), n=_OFFERED, cutoff=0.5)
    if not near:
        return message("No other setting is in a district called {name}.", name=typed.strip())
    names = ", ".join(by_key[key] for key in near)
    return message(
        "No other setting is in a district called {name}. The nearest are: {near}.",
        name=typed.strip(),
        near=names,
    )
