"""The rating that stands, read from the rating rows of a device or of the server.

`visitapp.rules.ratings` says which one it is, on values; here the same rule is a query, so that a
portfolio of a thousand settings is one statement. `tests/standing/test_ratings.py` holds the two
to the same result.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Connection, FromClause, Subquery, case, func, select
from sqlalchemy.orm import Session

from visitapp.records import Rating
from visitapp.rules.choices import RatingKind
from visitapp.rules.ratings import EFFECTIVE, STANDING, UNSENT, RatingRow, standing

_ROWS: FromClause = Rating.__table__
_CAUSE = func.coalesce(_ROWS.c.visit_id, _ROWS.c.event_id)
_RANKED = [
    _ROWS.c[name]
    for name in (
        "id",
        "setting_id",
        "contract_id",
        "visited_on",
        "rag",
        "provisional",
        "state",
        "since",
    )
]


def _order() -> ColumnElement[int]:
    return case((_ROWS.c.revision == 0, UNSENT), else_=_ROWS.c.revision)


@cache
def ranked_ratings(kind: RatingKind = RatingKind.QUALITY) -> Subquery:
    """The ratings in force, with `place` 1 for the one that stands for its setting (of contract
    ratings: for its contract), 2 for the one that would stand without it, and so on.

    Columns: `place`; `rag_before`, that of the next place; and those of the rating that a reader
    needs: two sorts carry each of them.
    """
    age = (_order().desc(), _ROWS.c.since.desc(), _ROWS.c.id.desc())
    newest = func.row_number().over(partition_by=_CAUSE, order_by=age)
    of_visits = (
        select(*_RANKED, _order().label("order"), newest.label("newest"))
        .where(_ROWS.c.deleted.is_(False), _ROWS.c.kind == kind, _ROWS.c.state.in_(EFFECTIVE))
        .subquery()
    )
    subject = of_visits.c.setting_id if kind == RatingKind.QUALITY else of_visits.c.contract_id
    columns = of_visits.c
    latest_day = (
        columns.visited_on.desc(),
        columns.order.desc(),
        columns.since.desc(),
        columns.id.desc(),
    )
    place = func.row_number().over(partition_by=subject, order_by=latest_day)
    before = func.lead(columns.rag).over(partition_by=subject, order_by=latest_day)
    return (
        select(
            *[columns[column.name] for column in _RANKED],
            place.label("place"),
            before.label("rag_before"),
        )
        .where(columns.newest == 1, columns.state.in_(STANDING))
        .subquery()
    )


@cache
def current_ratings() -> Subquery:
    """The quality rating that stands for each setting: `setting_id`, `rag`, `rag_before`, `since`,
    `provisional`, `rated_on` and `rating_state`."""
    rating = ranked_ratings().c
    return (
        select(
            rating.setting_id,
            rating.rag,
            rating.rag_before,
            rating.since,
            rating.provisional,
            rating.visited_on.label("rated_on"),
            rating.state.label("rating_state"),
        )
        .where(rating.place == 1)
        .subquery()
    )


def rating_rows(
    connection: Connection | Session, kind: RatingKind, subject_id: str
) -> list[RatingRow]:
    """Every rating row of a setting (of contract ratings: of a contract), in no order."""
    subject = _ROWS.c.setting_id if kind == RatingKind.QUALITY else _ROWS.c.contract_id
    return _rows(connection, _ROWS.c.kind == kind, subject == subject_id)


def rows_of_visits(connection: Connection | Session, visit_ids: Collection[str]) -> list[RatingRow]:
    """Every rating row of these visits, in no order."""
    return _rows(connection, _ROWS.c.visit_id.in_(visit_ids))


def _rows(connection: Connection | Session, *conditions: ColumnElement[bool]) -> list[RatingRow]:
    found = connection.execute(
        select(
            _ROWS.c.id,
            _CAUSE.label("cause_id"),
            _ROWS.c.visited_on,
            _order().label("order"),
            _ROWS.c.since,
            _ROWS.c.rag,
            _ROWS.c.state,
        ).where(_ROWS.c.deleted.is_(False), *conditions)
    )
    return [RatingRow(**row._asdict()) for row in found]


def standing_on(rows: list[RatingRow], day: date) -> RatingRow | None:
    """The rating that stood on a day, by visits of that day and earlier."""
    return standing(row for row in rows if row.visited_on <= day)


def latest_of_visit(rows: list[RatingRow], visit_id: str) -> RatingRow | None:
    """The newest row of a visit, in whatever state."""
    own = [row for row in rows if row.cause_id == visit_id]
    return max(own, key=lambda row: row.age, default=None)
