"""Limits on signing in, kept in the database so that all workers count together.

Each failure counts for the network address it came from and for the name it was for. A device that
has signed in under the name before, and shows a token that it was given then, is counted apart from
everybody else's attempts: a stranger who types wrong passwords for a name, from anywhere and with
whatever device id, closes it for new devices only, and never for more than five minutes at a time.
A closed subject opens five minutes after its first failure; the right password does not open it
earlier.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sync.server.accounts.names import folded
from sync.server.accounts.tokens import ACCESS, digest
from visitapp.errors import Code, NotAllowed
from visitapp.language import message
from visitapp.records import Attempts, Credential, Device, Token

ALLOWED = 8
"""Failures of a name, or of a name on a device that is known."""

ALLOWED_ADDRESS = 60
"""Failures from an address: a whole council may stand behind one."""

WITHIN = timedelta(minutes=5)


class Trying(Struct, frozen=True):
    """Who tries to sign in: a hash for each subject that is counted, with its limit."""

    limits: dict[str, int]


def trying(
    connection: Connection, name: str, device_id: str, known_by: str, address: str
) -> Trying:
    """What is counted for one attempt. A device that shows a token of its own, known_by, is held to
    its own limit alone."""
    key = folded(name)
    known = connection.execute(
        select(Device.id)
        .join(Credential, Credential.user_id == Device.user_id)
        .join(Token, Token.device_id == Device.id)
        .where(
            Device.id == device_id,
            Credential.sign_in_name == key,
            Token.digest == digest(known_by),
            Token.use != ACCESS,
        )
    ).first()
    if known is not None:
        return Trying({_subject("device", key, device_id): ALLOWED})
    limits = {_subject("name", key): ALLOWED}
    if address:
        limits[_subject("address", address)] = ALLOWED_ADDRESS
    return Trying(limits)


def count(connection: Connection, attempt: Trying, now: datetime) -> int:
    """Count an attempt as failed, before it is known whether it is: two at once both count.

    Returns how far the worst subject is above its limit; above 0 the attempt must be refused.
    """
    second = int(now.timestamp())
    since = second - int(WITHIN.total_seconds())
    connection.execute(delete(Attempts).where(Attempts.began_at < since))
    # Sorted, so that two attempts never wait for each other's rows.
    return max(
        _counted(connection, subject, second) - attempt.limits[subject]
        for subject in sorted(attempt.limits)
    )


def succeeded(connection: Connection, attempt: Trying) -> None:
    """Take back what was counted: the name starts afresh, the address has one failure less."""
    for subject, limit in sorted(attempt.limits.items()):
        mine = Attempts.subject == subject
        if limit == ALLOWED:
            connection.execute(delete(Attempts).where(mine))
        else:
            less = update(Attempts).where(mine).values(failures=Attempts.failures - 1)
            connection.execute(less)


def too_many() -> NotAllowed:
    """What is said to one attempt too many."""
    return NotAllowed(
        message("There were too many attempts to sign in."),
        message("Wait five minutes and try again."),
        code=Code.TOO_MANY_ATTEMPTS,
    )


def _counted(connection: Connection, subject: str, second: int) -> int:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    first = dialect.insert(Attempts).values(subject=subject, began_at=second, failures=1)
    again = first.on_conflict_do_update(
        index_elements=[Attempts.subject],
        set_={"failures": Attempts.failures + 1},
    )
    failures: int = connection.execute(again.returning(Attempts.failures)).scalar_one()
    return failures


def _subject(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
