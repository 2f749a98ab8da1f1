"""What planned and due visits put on a person's day."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import plural, translate
from visitapp.records import FROZEN, PlannedVisit, Setting, Visit
from visitapp.rules.access import REVIEWERS
from visitapp.services.context import Desk
from visitapp.services.planning.due import due_visits
from visitapp.services.planning.queries import planned_views, who_makes
from visitapp.services.today.items import Mine, NextStep, Part, TodayItem
from visitapp.services.views.planning import MISSED, STARTED, PlannedView
from visitapp.standing.planned import is_open_plan
from visitapp.vocabulary import visit_word
from visitapp.vocabulary.due import why_due


def visits_of_the_day(session: Session, desk: Desk, mine: Mine) -> Iterator[TodayItem]:
    """The visits planned for today or missed, then those overdue that nobody planned."""
    moves = mine.policy.visits.moves_to_lead
    yield from _planned(session, mine, moves)
    yield from _overdue(session, desk, mine)
    if mine.user.role in REVIEWERS:
        yield from _missed_by_others(session, mine)


def late_words(days: int) -> str:
    """`2 days late`."""
    return plural("{n} day late", "{n} days late", days)


def _planned(session: Session, mine: Mine, moves: int) -> Iterator[TodayItem]:
    views = planned_views(
        session,
        mine.today,
        moves,
        is_open_plan(),
        PlannedVisit.planned_on <= mine.today,
        who_makes() == mine.user.id,
    )
    # Those of today first: somebody waits there.
    for one in sorted(views, key=lambda view: (view.state == MISSED, view.planned_on)):
        if one.state == STARTED:
            continue
        missed = one.state == MISSED
        days = (mine.today - one.planned_on).days
        yield TodayItem(
            part=Part.VISITS,
            id=one.id,
            title=one.setting,
            setting_id=one.setting_id,
            detail=_about(one),
            when=late_words(days) if missed else translate("Today"),
            late=missed,
            may_wait=not missed,
            step=translate("Move the visit…") if missed else translate("Start the visit"),
            does=NextStep.MOVE_PLAN if missed else NextStep.START_VISIT,
            target=one.id if missed else one.setting_id,
        )


def _overdue(session: Session, desk: Desk, mine: Mine) -> Iterator[TodayItem]:
    settings = session.scalars(mine.settings).all()
    if not settings:
        return
    drafts = session.execute(
        select(Visit.setting_id, Visit.purpose).where(
            Visit.setting_id.in_(settings),
            Visit.deleted.is_(False),
            Visit.status.not_in(FROZEN),
        )
    )
    under_way = {(row.setting_id, row.purpose) for row in drafts}
    for one in due_visits(session, desk, settings):
        started = (one.setting_id, one.due.purpose) in under_way
        if one.overdue_days and one.planned_on is None and not started:
            yield TodayItem(
                part=Part.VISITS,
                id=f"{one.setting_id}:{one.due.purpose}",
                title=one.setting,
                setting_id=one.setting_id,
                detail=why_due(one.due),
                when=late_words(one.overdue_days),
                late=True,
                may_wait=False,
                step=translate("Plan a visit…"),
                does=NextStep.PLAN_VISIT,
                target=one.setting_id,
            )


def _missed_by_others(session: Session, mine: Mine) -> Iterator[TodayItem]:
    """One line for the planned visits of others whose day passed."""
    found = session.execute(
        select(func.count(), func.min(PlannedVisit.planned_on))
        .select_from(PlannedVisit)
        .join(Setting, Setting.id == PlannedVisit.setting_id)
        .where(
            is_open_plan(),
            PlannedVisit.planned_on < mine.today,
            func.coalesce(who_makes(), "") != mine.user.id,
        )
    )
    count, first = found.one()
    if count:
        yield TodayItem(
            part=Part.VISITS,
            id="missed",
            title=plural(
                "{n} planned visit of your officers was missed",
                "{n} planned visits of your officers were missed",
                count,
            ),
            detail=translate("The earliest was planned for {day}.", day=short_day(first)),
            late=True,
            step=translate("See the settings"),
            page="portfolio",
        )


def _about(plan: PlannedView) -> str:
    visit, due = visit_word(plan.purpose), short_day(plan.window_to)
    if plan.campaign:
        visit = translate("{visit}, campaign “{title}”", visit=visit, title=plan.campaign)
    if plan.state == MISSED:
        day = short_day(plan.planned_on)
        return translate("{visit}, planned for {day}, due by {due}", visit=visit, day=day, due=due)
    return translate("{visit}, due by {day}", visit=visit, day=due)
