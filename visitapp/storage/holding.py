"""Changes that are held back for a while before they are sent, so that they can be undone.

The mark is in the outbox row, so that it outlives a crash. Nothing that follows a held change
overtakes it (`NOT_HELD_BACK`): what is sent later may rest on it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update
from sqlalchemy.orm import Session

from visitapp.records import Outbox

HOLD = timedelta(seconds=10)
"""How long a change is held back."""

_UNSENT = and_(Outbox.batch.is_(None), Outbox.refused_code.is_(None))
_LAST = 2**63 - 1
_FIRST_HELD = (
    select(func.min(Outbox.sequence)).where(Outbox.held_until.is_not(None)).scalar_subquery()
)
NOT_HELD_BACK: ColumnElement[bool] = Outbox.sequence < func.coalesce(_FIRST_HELD, _LAST)
"""Neither held nor after a held one."""


def newest_waiting(session: Session) -> int:
    """The sequence of the newest outbox row; 0 when there is none."""
    return session.scalar(select(func.max(Outbox.sequence))) or 0


def hold(session: Session, *, after: int, until: datetime) -> None:
    """Hold what was queued after a sequence."""
    queued = Outbox.sequence > after
    session.execute(update(Outbox).where(queued, _UNSENT).values(held_until=until))


def release(connection: Connection, now: datetime) -> None:
    """Let go what was held long enough. A moment that is too far ahead was written by a clock that
    has been put back since: that is let go too."""
    over = or_(Outbox.held_until <= now, Outbox.held_until > now + HOLD)
    connection.execute(update(Outbox).where(over).values(held_until=None))


def held_until(session: Session, record_id: str, now: datetime) -> datetime | None:
    """Until when a record is held; None when it is not, or no longer."""
    until = session.scalar(
        select(func.max(Outbox.held_until)).where(Outbox.record_id == record_id, _UNSENT)
    )
    return until if until is not None and now < until <= now + HOLD else None
