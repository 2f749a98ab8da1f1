"""The retention run: what it would remove, and removing it.

Records are emptied and marked deleted, a few settings in a transaction, each with a revision, so
that every device empties its copy too. What is due is worked out again in each transaction, under
the lock that new records wait for, so a hold that arrives meanwhile counts, and a run that was
broken off is simply run again. The bytes of photos and documents follow at the end.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, select

from sync.server.audit.log import Audit, AuditEvent, at_server
from sync.server.evidence.retention import EvidenceTidying
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Workspace
from sync.server.retention.due import Due, DueReader
from sync.server.retention.removed import RETENTION
from visitapp.language import translate
from visitapp.records import BYTES_NAMED_BY, KINDS, Contract, Provider, Setting
from visitapp.records.codec import moment_to_wire
from visitapp.records.emptied import emptied
from visitapp.rules.policy.model import Policy
from visitapp.rules.policy.read import shipped_policy
from visitapp.storage.database import Database, utc_now
from visitapp.storage.policy_shelf import PolicyShelf

AT_ONCE = 500
"""Records that one transaction removes, not counting their history, steps and conflicts."""


class DueLine(Struct, frozen=True, kw_only=True):
    """What is due of one class at one place. `records`: how many, by kind; `oldest`: the day of
    the oldest."""

    sort: str
    place: str
    name: str
    records: dict[str, int]
    oldest: date


class RetentionRun:
    """The records of one server whose retention period is over.

    after_each: called after each transaction, for tests that break a run off.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime] = utc_now,
        *,
        by: str = "",
        after_each: Callable[[], None] = lambda: None,
    ) -> None:
        self._database, self._clock, self._by = database, clock, by
        self._audit = Audit(clock)
        self._after_each = after_each

    def policy(self) -> Policy:
        """The policy in force today."""
        with self._database.reading() as session:
            return self._in_force(session.connection())

    def due(self) -> list[DueLine]:
        """What a run would remove now, by class and place; changes nothing."""
        found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        oldest: dict[tuple[str, str], date] = {}
        with self._database.viewing() as connection:
            reader = self._reader(connection)
            for part in reader.places():
                due = list(reader.due(part))
                for one in [*due, *reader.trail(due)]:
                    key = (one.sort.value, one.place)
                    found[key][one.kind] += 1
                    oldest[key] = min(one.day, oldest.get(key, one.day))
            names = _names(connection, {place for _, place in found})
        lines = (
            DueLine(
                sort=sort,
                place=place,
                name=names.get(place, ""),
                records=dict(sorted(counts.items())),
                oldest=oldest[sort, place],
            )
            for (sort, place), counts in found.items()
        )
        return sorted(lines, key=lambda line: (line.sort, line.name, line.place))

    def run(self) -> list[DueLine]:
        """Remove what is due; what that was. Done twice, the second run removes nothing."""
        lines = self.due()
        if not lines:
            return []
        told: set[str] = set()
        hashes: set[str] = set()
        with self._database.reading() as session:
            parts = self._reader(session.connection()).places()
        for part in parts:
            while self._remove(part, lines, told, hashes):
                self._after_each()
        EvidenceTidying(self._database, self._clock, by=self._by).forget(sorted(hashes))
        return lines

    def _remove(
        self, part: Sequence[str], lines: list[DueLine], told: set[str], hashes: set[str]
    ) -> int:
        """Remove some of what is due at these places, in one transaction; how much."""
        with self._database.storing() as connection:
            # Takes no number, but the lock: what is due now is due until the commit.
            revisions = Revisions(connection, 0)
            reader = self._reader(connection)
            due = list(islice(reader.due(part), AT_ONCE))
            if not due:
                return 0
            hashes |= _hashes(connection, due)
            _empty(connection, revisions, [*due, *reader.trail(due)], self._clock())
            for sort in sorted({one.sort.value for one in due} - told):
                self._tell(connection, sort, lines)
                told.add(sort)
            return len(due)

    def _tell(self, connection: Connection, sort: str, lines: list[DueLine]) -> None:
        """Write one event for a class, with the first records of it that go."""
        mine = [line for line in lines if line.sort == sort]
        records: Counter[str] = Counter()
        for line in mine:
            records.update(line.records)
        detail = {
            "class": sort,
            "policy": self._in_force(connection).version,
            "records": dict(sorted(records.items())),
            "places": sorted(line.place for line in mine),
        }
        self._audit.record(connection, AuditEvent.RECORDS_REMOVED, at_server(self._by), detail)

    def _reader(self, connection: Connection) -> DueReader:
        rules = self._in_force(connection).retention
        return DueReader(connection, rules, self._clock().date())

    def _in_force(self, connection: Connection) -> Policy:
        return PolicyShelf(shipped_policy()).in_force(connection, self._clock().date())


def nightly_run(database: Database, clock: Callable[[], datetime]) -> list[str]:
    """The run of the nightly work, where the policy in force asks for it."""
    work = RetentionRun(database, clock)
    if not work.policy().retention.nightly:
        return []
    removed = sum(sum(line.records.values()) for line in work.run())
    return [translate("Records removed after their retention period: {count}.", count=removed)]


def _empty(connection: Connection, revisions: Revisions, going: list[Due], now: datetime) -> None:
    workspace, moment = Workspace(connection), moment_to_wire(now)
    first = revisions.take_all(len(going))
    by_kind: dict[str, list[str]] = defaultdict(list)
    for one in going:
        by_kind[one.kind].append(one.id)
    for name, ids in by_kind.items():
        for row in workspace.load(name, ids):
            row.change({**emptied(KINDS[name]), "deleted": True}, [first, RETENTION, moment])
            first += 1
    workspace.flush()


def _hashes(connection: Connection, due: Sequence[Due]) -> set[str]:
    ids = {
        kind: [one.id for one in due if one.kind == kind.__tablename__] for kind in BYTES_NAMED_BY
    }
    return {
        str(sha256)
        for kind in BYTES_NAMED_BY
        for sha256 in connection.execute(
            select(kind.sha256).where(kind.id.in_(ids[kind]), kind.sha256.is_not(None))
        ).scalars()
    }


def _names(connection: Connection, places: set[str]) -> dict[str, str]:
    """What settings, contracts and providers are called."""
    called: Iterator[Any] = iter(
        (select(kind.id, name).where(kind.id.in_(sorted(places))))
        for kind, name in (
            (Setting, Setting.name),
            (Contract, Contract.number),
            (Provider, Provider.name),
        )
    )
    return {id_: name for one in called for id_, name in connection.execute(one)}
