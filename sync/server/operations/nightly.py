"""The daily work of the server. Only here does time change anything by itself.

One run at a time holds a lease. Each job is a transaction of its own, does nothing that is done
already, and comes again the next day where it failed; so running it twice is safe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from sync.server.audit.log import Audit, AuditEvent, at_server
from sync.server.authority.exceptions import expire_exceptions
from sync.server.evidence.retention import KEPT_FOR, EvidenceTidying
from sync.server.notices.digest import weekly_digest
from sync.server.operations.contract_ends import end_past_links
from sync.server.operations.holders import HoldersOfTheDay
from sync.server.operations.holds import lapse_holds
from sync.server.retention.run import nightly_run
from sync.tables import table_of
from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.records import Lease, new_id
from visitapp.storage.database import Database

LEASE = "nightly"
HELD_FOR = timedelta(hours=6)
"""How long a run may take; the lease of one that died ends by itself after that."""

Clock = Callable[[], datetime]
Job = Callable[[Database, Clock], list[str]]
"""Does one thing and says what it did, a line each."""


def tidy_evidence(database: Database, clock: Clock) -> list[str]:
    """Delete photos and documents that no record has named for 30 days."""
    done = EvidenceTidying(database, clock).run()
    return [
        translate(
            "Photos and documents deleted: {count} ({size} bytes).",
            count=done.deleted,
            size=done.size,
        ),
        translate(
            "No longer named by a record, kept for {days} days: {count}.",
            days=KEPT_FOR.days,
            count=done.waiting,
        ),
    ]


def expire(database: Database, clock: Clock) -> list[str]:
    """Let placement exceptions expire that were not used by their last day."""
    with database.storing() as connection:
        ended = [row.id for row in expire_exceptions(connection, clock())]
        if ended:
            detail = {"exceptions": ended}
            Audit(clock).record(connection, AuditEvent.EXCEPTIONS_EXPIRED, at_server(""), detail)
    return [translate("Placement exceptions expired: {count}.", count=len(ended))]


def change_holders(database: Database, clock: Clock) -> list[str]:
    """Start and end covers, and carry out the hand-overs whose day has come."""
    return HoldersOfTheDay(database, clock).run()


def end_links(database: Database, clock: Clock) -> list[str]:
    """Take settings off contracts after their last day under them."""
    left = end_past_links(database, clock)
    return [translate("Settings that left a contract: {count}.", count=left)]


JOBS: tuple[Job, ...] = (
    change_holders,
    end_links,
    lapse_holds,
    expire,
    weekly_digest,
    nightly_run,
    tidy_evidence,
)


def run_nightly(database: Database, clock: Clock, jobs: tuple[Job, ...] = JOBS) -> Iterator[str]:
    """Run the jobs under the lease; what each of them did.

    Raises Refused ALREADY_RUNNING while another run holds the lease; nothing is done then.
    """
    with lease(database, clock, LEASE, HELD_FOR):
        for job in jobs:
            yield from job(database, clock)


@contextmanager
def lease(database: Database, clock: Clock, name: str, held_for: timedelta) -> Iterator[None]:
    """Hold a lease while the block runs. Raises Refused ALREADY_RUNNING."""
    holder, now = new_id(), clock()
    with database.storing() as connection:
        until = _take(connection, name, holder, now, now + held_for)
    if until is not None:
        raise Refused(
            Code.ALREADY_RUNNING,
            message("The {name} job is already running, so nothing was done.", name=name),
            message(
                "If that run crashed, start the job again after {time} UTC.", time=f"{until:%H:%M}"
            ),
        )
    try:
        yield
    finally:
        with database.storing() as connection:
            mine = (Lease.name == name, Lease.holder == holder)
            connection.execute(delete(table_of(Lease)).where(*mine))


def _take(
    connection: Connection, name: str, holder: str, now: datetime, until: datetime
) -> datetime | None:
    """Take the lease; when it ends for somebody else who holds it, else None."""
    table = table_of(Lease)
    free = (table.c.name == name, table.c.until <= now)
    taken = connection.execute(update(table).where(*free).values(holder=holder, until=until))
    if taken.rowcount:
        return None
    held = connection.execute(select(table.c.until).where(table.c.name == name)).scalar()
    if held is None:
        connection.execute(insert(table).values(name=name, holder=holder, until=until))
    return held
