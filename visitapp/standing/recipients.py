"""The teams that receive notices, read from the rows of a device or of the server."""

from __future__ import annotations

from sqlalchemy import FromClause, Subquery, case, func, select

from visitapp.records import NoticeContact
from visitapp.rules.ratings import UNSENT

_ROWS: FromClause = NoticeContact.__table__


def standing_contacts() -> Subquery:
    """The row that stands for each contact, of those that were not ended: the one that the server
    took last, or that waits to be sent."""
    order = case((_ROWS.c.revision == 0, UNSENT), else_=_ROWS.c.revision)
    newest = func.row_number().over(
        partition_by=_ROWS.c.contact_id,
        order_by=(order.desc(), _ROWS.c.created_at.desc(), _ROWS.c.id.desc()),
    )
    ranked = select(_ROWS, newest.label("newest")).where(_ROWS.c.deleted.is_(False)).subquery()
    return select(ranked).where(ranked.c.newest == 1, ranked.c.active.is_(True)).subquery()
