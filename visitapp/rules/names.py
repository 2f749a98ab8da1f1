"""The words of a name that tell one service from another."""

from __future__ import annotations

import re

from visitapp.rules.text import folded

_COMMON = frozenset(
    {
        *("a", "and", "at", "in", "of", "on", "the"),
        *("care", "centre", "court", "day", "home", "homes", "house", "lodge", "nursing"),
        *("residential", "rest", "service", "services", "unit"),
        *("cic", "co", "company", "group", "limited", "llp", "ltd", "plc", "trust", "uk"),
    }
)


def telling_words(name: str) -> frozenset[str]:
    """The words of a name that few other names share, in small letters.

    "Larch House Nursing Home Ltd" gives `larch`. The list of common words is ours.
    """
    words = re.findall(r"[^\W_]+", folded(name).replace("'", ""))
    return frozenset(words) - _COMMON
