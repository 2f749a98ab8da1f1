"""What becomes of planned visits, as conditions and subqueries.

A plan is carried out by a signed-off visit that names it. One that names none, because it was
started before the plan was made or reached that device, carries out the plan for its purpose in
whose window it lies, if it was signed off after the plan was made. Nothing is written down: when a
visit is returned, its plan is open again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select

from visitapp.records import FROZEN, PlannedVisit, Setting, Visit
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.visiting.planned_visit_life import OPEN_PLANS
from visitapp.standing.visits import stands


def _newest(*conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    return select(func.max(Visit.id)).where(*conditions).correlate(PlannedVisit).scalar_subquery()


def carried_out_by() -> ColumnElement[Any]:
    """The id of the signed-off visit that carried a plan out; NULL while none has."""
    named = _newest(Visit.planned_visit_id == PlannedVisit.id, stands(Visit))
    unnamed = _newest(
        Visit.planned_visit_id.is_(None),
        Visit.setting_id == PlannedVisit.setting_id,
        Visit.purpose == PlannedVisit.purpose,
        Visit.visited_on.between(PlannedVisit.window_from, PlannedVisit.window_to),
        # The visit that made another one due lies in its window too, and came before the plan.
        Visit.signed_off_at > PlannedVisit.created_at,
        stands(Visit),
    )
    return func.coalesce(named, unnamed)


def started_as() -> ColumnElement[Any]:
    """The id of the open visit that was started from a plan; NULL where there is none."""
    return _newest(
        Visit.planned_visit_id == PlannedVisit.id,
        Visit.deleted.is_(False),
        Visit.status.not_in(FROZEN),
    )


def is_open_plan() -> ColumnElement[bool]:
    """Whether somebody still means to make a planned visit."""
    return and_(
        PlannedVisit.deleted.is_(False),
        PlannedVisit.status.in_(OPEN_PLANS),
        carried_out_by().is_(None),
        PlannedVisit.setting_id.in_(_open_settings()),
    )


def is_withdrawn() -> ColumnElement[bool]:
    """Whether its setting was closed or merged: a plan needs no step of its own for that, and is
    there again when the setting is opened again."""
    return PlannedVisit.setting_id.not_in(_open_settings())


def _open_settings() -> Select[str]:
    return select(Setting.id).where(Setting.status == SettingStatus.OPEN)


def go_along(
    setting_ids: Sequence[str] | Select[str], officer_id: str | None, *, with_setting: bool
) -> ColumnElement[bool]:
    """The planned visits that go along when an officer hands settings over: those still to be made
    that are in their name and, where the setting itself is handed over, those in nobody's."""
    theirs = PlannedVisit.officer_id == officer_id
    if with_setting:
        theirs = or_(theirs, PlannedVisit.officer_id.is_(None))
    return and_(is_open_plan(), PlannedVisit.setting_id.in_(setting_ids), theirs)
