"""Reading indicators: what a reader is given, and what it gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from visitapp.records import Setting
from visitapp.rules.indicators import Filled
from visitapp.standing.merged import merged_roots
from visitapp.storage.directory import Directory

_FEW = 200
"""Of more settings, every row is read and those of others are left out."""


class Reading:
    """The records of some settings on one day. `directory`: None where there is none, as at the
    server; what it alone knows is not read then."""

    def __init__(
        self,
        session: Session,
        directory: Directory | None,
        settings: Iterable[Setting],
        today: date,
    ) -> None:
        self.session, self.directory, self.today = session, directory, today
        self.settings = {one.id: one for one in settings}
        roots = merged_roots(session)
        self.merged = {id_: root for id_, root in roots.items() if root in self.settings}
        """For each setting that was merged into one of them, that one."""

    @property
    def few(self) -> bool:
        """Whether a query for each setting is cheaper than one for all."""
        return len(self.settings) <= _FEW

    def about(
        self, setting_id: InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
    ) -> ColumnElement[bool]:
        """Whether a record may be about one of the settings, or about one merged into it."""
        return setting_id.in_([*self.settings, *self.merged]) if self.few else true()

    def together(self, setting_id: str) -> list[str]:
        """The id of a setting and those of the settings merged into it."""
        return [setting_id, *sorted(one for one, root in self.merged.items() if root == setting_id)]

    def grouped(self, rows: Iterable[Any]) -> Mapping[str, list[Row[Any]]]:
        """Rows, which have a `setting_id`, by the setting that they count for, in their order."""
        found: dict[str, list[Row[Any]]] = defaultdict(list)
        for row in rows:
            owner = self.merged.get(row.setting_id, row.setting_id)
            if owner in self.settings:
                found[owner].append(row)
        return found


Reader = Callable[[Reading], Mapping[str, Filled]]
"""What the records say of one indicator, by setting; one of which they say nothing is missing."""


def read_indicators(
    readers: Mapping[str, Reader], names: Collection[str], reading: Reading
) -> dict[str, Mapping[str, Filled]]:
    """What the records say of these indicators, by name and then by setting."""
    return {name: read(reading) for name in names if (read := readers.get(name))}
