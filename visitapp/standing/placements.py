"""The placement position that stands, read from the decisions of a device or of the server.

`visitapp.rules.placement` says which one it is, on values; here the same rule is a query, so that a
portfolio of a thousand settings is one statement. `tests/standing/test_placements.py` holds the
two to the same result.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from visitapp.records import PlacementPosition
from visitapp.records.ids import position_id
from visitapp.rules.choices import Position, PositionSource, Rag, RatingState
from visitapp.rules.placement import (
    PROMPTED,
    RESTRICTION,
    PositionRow,
    Standing,
    before,
    closes_at_once,
    standing_position,
)
from visitapp.rules.policy.model import Policy
from visitapp.rules.ratings import UNSENT, RatingRow

NOBODY = "server"
"""In whose name the positions are that no person decided."""

_ROWS: FromClause = PlacementPosition.__table__
_FIELDS = [name for name in PositionRow.__struct_fields__ if name not in ("order", "since")]


def _order() -> ColumnElement[int]:
    return case((_ROWS.c.revision == 0, UNSENT), else_=_ROWS.c.revision)


def position_rows(
    connection: Connection | Session, setting_id: str, besides: Select[str] | None = None
) -> list[PositionRow]:
    """Every decision on a setting, in no order. `besides`: the ids of those that do not count,
    because the server refused them."""
    found = connection.execute(
        select(
            *(_ROWS.c[name] for name in _FIELDS),
            _order().label("order"),
            _ROWS.c.created_at.label("since"),
        ).where(_ROWS.c.setting_id == setting_id, *_counting(_ROWS, besides))
    )
    return [PositionRow(**row._asdict()) for row in found]


def positions_by_setting(
    session: Session, besides: Select[str] | None = None
) -> dict[str, Standing]:
    """The decision that stands for each setting that has any. `besides`: as for `position_rows`."""
    heads = ranked_positions(besides)
    found = session.execute(
        select(
            heads.c.setting_id,
            *(heads.c[name] for name in _FIELDS),
            case((heads.c.revision == 0, UNSENT), else_=heads.c.revision).label("order"),
            heads.c.created_at.label("since"),
        )
    )
    rows: dict[str, list[PositionRow]] = defaultdict(list)
    for row in found:
        values = row._asdict()
        rows[values.pop("setting_id")].append(PositionRow(**values))
    return {setting_id: standing_position(some) for setting_id, some in rows.items()}


def ranked_positions(besides: Select[str] | None = None) -> Subquery:
    """The decisions that none replaces, with `place` 1 for the one that stands for its setting.

    Columns: those of the decision, `place`, and `met`: how many of them the setting has.
    """
    other = _ROWS.alias("other")
    replaced = exists().where(
        other.c.setting_id == _ROWS.c.setting_id,
        or_(other.c.replaces_id == _ROWS.c.id, other.c.settles_id == _ROWS.c.id),
        *_counting(other, besides),
    )
    setting = _ROWS.c.setting_id
    weight = (
        case(RESTRICTION, value=_ROWS.c.position).desc(),
        _order().desc(),
        _ROWS.c.created_at.desc(),
        _ROWS.c.id.desc(),
    )
    return (
        select(
            _ROWS,
            func.row_number().over(partition_by=setting, order_by=weight).label("place"),
            func.count().over(partition_by=setting).label("met"),
        )
        .where(*_counting(_ROWS, besides), ~replaced)
        .subquery()
    )


def waiting(
    heads: Subquery, rag: ColumnElement[Any], banned: ColumnElement[bool], today: date
) -> ColumnElement[bool]:
    """Whether the decision of `ranked_positions` waits for another: `rules.placement.waits_for` as
    a condition. A setting without a decision has none of the columns of `heads`."""
    stands = heads.c
    prompted = case(PROMPTED, value=rag)
    changed = and_(rag != stands.rag, prompted != stands.position)
    return or_(
        stands.met > 1,
        stands.interim,
        stands.source == PositionSource.CARRIED_OVER,
        and_(banned, func.coalesce(stands.position, "") != Position.CLOSED),
        and_(prompted.is_not(None), or_(stands.id.is_(None), changed)),
        stands.review_on < today,
    )


def _counting(rows: FromClause, besides: Select[str] | None) -> list[ColumnElement[bool]]:
    live: list[ColumnElement[bool]] = [rows.c.deleted.is_(False)]
    return live if besides is None else [*live, rows.c.id.not_in(besides)]


def may_let_a_red_stand(rating: Mapping[str, Any]) -> bool:
    """Whether a new rating row can be why a Red stands: it is Red, or it withdraws what stood above
    an older one."""
    return bool(rating["rag"] == Rag.RED or rating["state"] == RatingState.WITHDRAWN)


def interim_position(
    connection: Connection | Session,
    made: Mapping[str, Any],
    was: RatingRow | None,
    now: RatingRow | None,
    policy: Policy,
    at: datetime,
) -> dict[str, Any] | None:
    """The fields of the position that closes a setting because its rating became Red, with its
    `id`; None when the position stays.

    made: the fields of the rating row that was written. was, now: the rating that stood before it,
    and that stands now.
    """
    if now is None or now.rag != Rag.RED:
        return None
    if made["event_id"] and was is not None and was.rag == Rag.RED:
        return None  # a lead keeps the Red, which says nothing new
    id_ = position_id(f"rating/{made['id']}")
    # Who wrote the rating on a device may have decided on the closing before it is sent.
    standing = standing_position(before(position_rows(connection, made["setting_id"]), id_))
    if not closes_at_once(was, now, standing.position):
        return None
    today = at.astimezone().date()
    return {
        "id": id_,
        "setting_id": made["setting_id"],
        "replaces_id": standing.row.id if standing.row else None,
        "settles_id": None,
        "position": Position.CLOSED.value,
        "condition": "",
        "from_on": today,
        "reason": made["reason"],
        "source": (PositionSource.EVENT if made["event_id"] else PositionSource.RATING).value,
        "cause_id": made["id"],
        "interim": True,
        "review_on": today + timedelta(days=policy.placements.review_days),
        "lapses_on": None,
        "rag": now.rag,
        "policy_version": policy.version,
        "created_by": NOBODY,
        "created_at": at,
    }
