"""Words of many records, folded once, so that each key is answered at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum

from visitapp.rules.text import folded


class Match(IntEnum):
    """How well the words fit, the best first."""

    TITLE_BEGINS = 0
    WORDS_BEGIN = 1
    INSIDE = 2


class WordIndex:
    """Ids with their words, in the order in which equal matches are listed."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._entries = [(id_, " " + folded(words)) for id_, words in entries]

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, text: str, most: int) -> list[tuple[Match, str]]:
        """At most so many ids that have every word of `text`, the best first."""
        words = folded(text).split()
        if not words:
            return []
        lead, begins = " " + " ".join(words), [f" {word}" for word in words]
        found: tuple[list[str], list[str], list[str]] = ([], [], [])
        for id_, entry in self._entries:
            if not _has_all(entry, words):
                continue
            if entry.startswith(lead):
                found[Match.TITLE_BEGINS].append(id_)
                if len(found[Match.TITLE_BEGINS]) == most:
                    break
            elif len(found[Match.WORDS_BEGIN]) < most and _has_all(entry, begins):
                found[Match.WORDS_BEGIN].append(id_)
            elif len(found[Match.INSIDE]) < most:
                found[Match.INSIDE].append(id_)
        ranked = [(match, id_) for match in Match for id_ in found[match]]
        return ranked[:most]


def _has_all(entry: str, words: Sequence[str]) -> bool:
    for word in words:  # noqa: SIM110 - `all` takes three times as long over 80,000 entries
        if word not in entry:
            return False
    return True
