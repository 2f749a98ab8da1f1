"""Find a record of any kind by its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from visitapp.records import Role
from visitapp.services.context import Desk
from visitapp.services.contributions import Contribution
from visitapp.services.finding.index import Match, WordIndex
from visitapp.services.finding.sources import FindSource, Found

MOST = 6
"""Records of one kind that are listed: a list to choose from, not a page."""


class Finder:
    """Reads the words of each kind that the user's role sees, and finds in them."""

    def __init__(self, desk: Desk, contributions: Sequence[Contribution]) -> None:
        self._desk = desk
        sources = [source for one in contributions for source in one.finds]
        self._sources: Mapping[str, FindSource] = {
            source.kind.__tablename__: source for source in sources
        }

    def kinds(self) -> list[str]:
        """The kinds of record that can be found by the user's role, in order."""
        with self._desk.reading() as session:
            role = self._desk.user(session).role
        return [name for name in self._sources if self._is_seen(name, role)]

    def read(self, kind: str) -> WordIndex:
        """The words of every record of a kind that is on this device."""
        with self._desk.reading() as session:
            return WordIndex(self._sources[kind].words(session))

    def find(
        self, text: str, indexes: Mapping[str, WordIndex], most: int = MOST
    ) -> list[tuple[Match, Found]]:
        """The records of all kinds that have every word of `text`, the best first; of each kind at
        most so many. `indexes`: what `read` gave, by kind."""
        ranked = {kind: index.find(text, most) for kind, index in indexes.items()}
        with self._desk.reading() as session:
            shown = {
                (kind, one.id): one
                for kind, found in ranked.items()
                if found
                for one in self._sources[kind].shown(session, [id_ for _, id_ in found])
            }
        # One that went since the words were read is left out.
        every = [
            (match, shown[kind, id_])
            for kind, found in ranked.items()
            for match, id_ in found
            if (kind, id_) in shown
        ]
        return sorted(every, key=lambda pair: pair[0])

    def _is_seen(self, kind: str, role: str) -> bool:
        return self._sources[kind].kind.__kind__.seen_by(Role(role))
