"""The positions of many settings in one query, and those that wait for a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Date, Subquery, case, func, literal, or_, select
from sqlalchemy.orm import Session

from visitapp.records import RegulatorAction, Setting
from visitapp.rules.choices import STOPS_ADMISSIONS, Rag
from visitapp.rules.placement import PositionRow, Standing
from visitapp.services.placements.own_rows import refused_positions
from visitapp.services.placements.standing import Shown, shown
from visitapp.standing.by_setting import Found, by_setting
from visitapp.standing.indicators.enforcement import in_force
from visitapp.standing.placements import ranked_positions, waiting
from visitapp.standing.ratings import current_ratings

_FIELDS = [name for name in PositionRow.__struct_fields__ if name not in ("order", "since")]


class Waiting(NamedTuple):
    """A setting whose position waits for a decision. `since`: when the one that stands was taken,
    None before the first one."""

    setting_id: str
    setting: str
    rag: str
    shown: Shown
    since: datetime | None


def waiting_positions(session: Session, today: date) -> Iterator[Waiting]:
    """The settings whose position waits for a decision, in no order."""
    named = select(Setting.id.label("setting_id"), Setting.name).where(Setting.deleted.is_(False))
    queries = [named.subquery(), current_ratings(), *position_queries(today)]
    for id_, found in by_setting(session, queries).items():
        where = shown_in(found)
        if where.waits:
            rag = found["rag"] or Rag.UNRATED.value
            yield Waiting(id_, found["name"], rag, where, found["position_since"])


def count_by_decision(session: Session, today: date) -> list[tuple[int, str]]:
    """How many settings wait for a decision: by what their position leaves to be decided, each with
    one such setting. Those where decisions met, which are few, each by itself."""
    ratings, heads = current_ratings(), ranked_positions(refused_positions())
    stops = RegulatorAction.kind.in_(STOPS_ADMISSIONS)
    banned = Setting.id.in_(select(RegulatorAction.setting_id).where(stops, in_force(today)))
    stands, rating, met = heads.c, ratings.c, case((heads.c.met > 1, Setting.id))
    found = session.execute(
        select(func.count(), func.min(Setting.id))
        .select_from(Setting)
        .outerjoin(heads, (stands.setting_id == Setting.id) & (stands.place == 1))
        .outerjoin(ratings, rating.setting_id == Setting.id)
        .where(
            Setting.deleted.is_(False),
            or_(stands.id.is_not(None), rating.rag.is_not(None)),
            waiting(heads, rating.rag, banned, today),
        )
        .group_by(stands.position, stands.interim, met)
    )
    return [(n, example) for n, example in found]


def position_queries(today: date) -> list[Subquery]:
    """For each setting the decision that stands, and whether a regulator has stopped admissions."""
    found = ranked_positions(refused_positions())
    columns = [found.c[name].label(f"position_{name}") for name in (*_FIELDS, "condition", "met")]
    columns += [
        found.c.created_at.label("position_since"),
        found.c.revision.label("position_order"),
        literal(today, Date).label("position_today"),
    ]
    banned = (
        select(RegulatorAction.setting_id, func.count().label("admissions_stopped"))
        .where(RegulatorAction.kind.in_(STOPS_ADMISSIONS), in_force(today))
        .group_by(RegulatorAction.setting_id)
        .subquery()
    )
    return [select(found.c.setting_id, *columns).where(found.c.place == 1).subquery(), banned]


def shown_in(found: Found) -> Shown:
    """How a position is shown that `position_queries` found; `rag` is the rating that stands."""
    condition, banned = found["position_condition"] or "", bool(found["admissions_stopped"])
    return shown(_standing(found), condition, found["rag"], found["position_today"], banned=banned)


def _standing(found: Found) -> Standing:
    """The decision in a row. Of others that met it only their number is known, so it stands for
    them as well."""
    if found["position_id"] is None:
        return Standing(None)
    values = {name: found[f"position_{name}"] for name in (*_FIELDS, "order", "since")}
    row = PositionRow(**values)
    return Standing(row, (row,) * (found["position_met"] - 1))
