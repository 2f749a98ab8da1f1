"""What the server forgets in passing, when a device signs in or renews.

A batch reply may go when no copy of its batch can still be on its way: its device has had a later
batch answered, which it makes only after this one was settled, and 30 days have gone by, which no
delayed request outlives. The last reply of each device stays for ever.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.orm import aliased

from visitapp.records import BatchReply, Device, Token

REPLIES_FOR = timedelta(days=30)
TOKENS_FOR = timedelta(days=1)
"""How long a token that ran out is kept, unless its device was revoked."""


def tidy(connection: Connection, device_id: str, now: datetime) -> None:
    """Forget what is of no use to anybody any more."""
    later = aliased(BatchReply)
    last = select(func.max(later.answered_at)).where(later.device_id == device_id).scalar_subquery()
    connection.execute(
        delete(BatchReply).where(
            BatchReply.device_id == device_id,
            BatchReply.answered_at < now - REPLIES_FOR,
            BatchReply.answered_at < last,
        )
    )
    # A revoked device is told so whenever it comes back, which takes a token that is still known.
    revoked = select(Device.id).where(Device.revoked_at.is_not(None))
    old = (Token.expires_at < now - TOKENS_FOR, Token.device_id.not_in(revoked))
    connection.execute(delete(Token).where(*old))
