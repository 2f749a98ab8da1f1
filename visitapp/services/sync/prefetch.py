"""Which evidence the visits of the next seven days need, so that it is there without a network."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from visitapp.records import FROZEN, Action, Evidence, Visit
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.services.context import Desk
from visitapp.standing.due import visits_due
from visitapp.standing.visits import is_visit, ranked_visits

AHEAD = timedelta(days=7)


def needed_soon(desk: Desk) -> list[tuple[str, int]]:
    """Hashes and sizes of the evidence of each setting with a visit within seven days: a draft
    dated so, or the next visit due by then. It is that of its drafts, of its last visit and of its
    open actions. Empty, and cheap, while no record names any bytes."""
    until = desk.today() + AHEAD
    with desk.reading() as session:
        if session.execute(select(Evidence.id).where(_with_bytes()).limit(1)).first() is None:
            return []
        dues = visits_due(session, desk.policy(session), desk.quality_forms())
        soon = {id_ for id_, due in dues.items() if due and due[0].due_on <= until}
        soon |= _with_drafts(session, desk, until=until)
        last = _last_visits(session, soon)
        return _named(session, soon, last)


def _with_drafts(session: Session, desk: Desk, until: date) -> set[str]:
    """The settings with an open visit dated from yesterday to `until`."""
    drafts = select(Visit.setting_id).where(
        Visit.deleted.is_(False),
        Visit.status.not_in(FROZEN),
        is_visit(Visit),
        Visit.visited_on <= until,
        Visit.visited_on >= desk.today() - timedelta(days=1),
    )
    return set(session.scalars(drafts))


def _last_visits(session: Session, settings: set[str]) -> set[str]:
    ranked = ranked_visits(is_visit(Visit))
    newest = select(ranked.c.setting_id, ranked.c.id).where(ranked.c.place == 1)
    return {visit_id for setting_id, visit_id in session.execute(newest) if setting_id in settings}


def _named(session: Session, settings: set[str], last: set[str]) -> list[tuple[str, int]]:
    opened = and_(Action.deleted.is_(False), Action.status.in_(OPEN_STATUSES))
    of_action = or_(
        Action.id == Evidence.action_id,
        and_(Action.visit_id == Evidence.visit_id, Action.question == Evidence.question),
    )
    wanted = (
        select(Evidence.setting_id, Evidence.sha256, Evidence.size, Evidence.visit_id, Visit.status)
        .outerjoin(Visit, Visit.id == Evidence.visit_id)
        .where(_with_bytes())
    )
    asked = select(Evidence.sha256).join(Action, of_action).where(opened, _with_bytes())
    of_open_actions = set(session.scalars(asked))
    return sorted(
        {
            (row.sha256, row.size)
            for row in session.execute(wanted)
            if row.setting_id in settings
            and (
                row.visit_id in last
                or row.sha256 in of_open_actions
                or (row.status is not None and row.status not in FROZEN)
            )
        }
    )


def _with_bytes() -> ColumnElement[bool]:
    return and_(
        Evidence.deleted.is_(False), Evidence.sha256.is_not(None), Evidence.size.is_not(None)
    )
