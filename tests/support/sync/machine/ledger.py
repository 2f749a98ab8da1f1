"""What was ever written, and by whom it was replaced: the model of the sync state machine."""

from __future__ import annotations

from collections import defaultdict

from tests.support.sync.council import Council
from visitapp.records import Conflict, Synced

Key = tuple[type[Synced], str, str]


class Ledger:
    """Every value that a device saved in a field, and those that somebody replaced who saw them."""

    def __init__(self) -> None:
        self._values = 0
        self._ever: dict[Key, set[str]] = defaultdict(set)
        self._replaced: dict[Key, set[str]] = defaultdict(set)

    def new_value(self) -> str:
        """A value that nobody wrote before."""
        self._values += 1
        return f"value {self._values}"

    def wrote(
        self, kind: type[Synced], id_: str, field: str, value: str, over: str | None = None
    ) -> None:
        """`value` was saved by somebody who saw `over` there."""
        self._ever[kind, id_, field].add(value)
        self.replaced(kind, id_, field, over)

    def replaced(self, kind: type[Synced], id_: str, field: str, value: str | None) -> None:
        """`value` was given up by somebody who saw it."""
        if value:
            self._replaced[kind, id_, field].add(value)

    def nothing_was_lost(self, council: Council, waiting: set[str]) -> None:
        """Each value is the present one, or was replaced, or is in a conflict; but for the records
        that wait on a device."""
        conflicts = council.all(Conflict)
        for (kind, id_, field), values in self._ever.items():
            record = council.get(kind, id_)
            if id_ in waiting:
                continue
            assert record is not None
            aside = {c.other_value for c in conflicts if (c.record_id, c.field) == (id_, field)}
            known = {getattr(record, field)} | aside | self._replaced[kind, id_, field]
            assert values <= known, (field, values - known)
