"""What visits and their reviews put on a person's day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import plural, translate
from visitapp.records import Setting, Step, Visit, VisitStatus
from visitapp.rules.access import REVIEWERS
from visitapp.services.context import Desk
from visitapp.services.lookup import titles
from visitapp.services.today.items import Mine, Part, TodayItem
from visitapp.standing.visits import is_review, is_visit
from visitapp.vocabulary import visit_word


def visits_in_hand(session: Session, desk: Desk, mine: Mine) -> Iterator[TodayItem]:
    """The person's visits in progress, those that came back with the lead's words, and for a lead
    the visits to review."""
    found = session.execute(
        select(Visit.id, Visit.setting_id, Visit.purpose, Visit.visited_on, Visit.status)
        .add_columns(Setting.name)
        .join(Setting, Setting.id == Visit.setting_id)
        .where(
            Visit.officer_id == mine.user.id,
            Visit.deleted.is_(False),
            Visit.status.in_((VisitStatus.DRAFT, VisitStatus.RETURNED)),
            is_visit(Visit),
        )
        .order_by(Visit.visited_on, Visit.id)
    ).all()
    returned = [row.id for row in found if row.status == VisitStatus.RETURNED]
    words = _words_of_leads(session, returned)
    for row in found:
        visit = translate(
            "{visit} of {day}", visit=visit_word(row.purpose), day=short_day(row.visited_on)
        )
        back = row.status == VisitStatus.RETURNED
        quote, said_by = words.get(row.id, ("", "")) if back else ("", "")
        yield TodayItem(
            part=Part.RETURNED if back else Part.VISITS,
            id=row.id,
            title=row.name,
            setting_id=row.setting_id,
            detail=visit,
            when="" if back else translate("In progress"),
            quote=quote,
            said_by=said_by,
            may_wait=not back,
            step=translate("Answer") if back else translate("Continue"),
            page="visit",
            target=row.id,
        )
    drafts = {row.setting_id: row for row in found if row.status == VisitStatus.DRAFT}
    yield from _met(session, mine, drafts)
    if mine.user.role in REVIEWERS:
        yield from _to_review(session, mine)


def _met(session: Session, mine: Mine, drafts: Mapping[str, Row[Any]]) -> Iterator[TodayItem]:
    """A warning where somebody else has a visit of their own in progress at the same setting."""
    others = session.execute(
        select(Visit.id, Visit.setting_id, Visit.officer_id)
        .where(
            Visit.setting_id.in_(drafts),
            Visit.officer_id != mine.user.id,
            Visit.deleted.is_(False),
            Visit.status == VisitStatus.DRAFT,
            is_visit(Visit),
        )
        .order_by(Visit.id)
    ).all()
    names = titles(session, [other.officer_id for other in others])
    for other in others:
        own = drafts[other.setting_id]
        yield TodayItem(
            part=Part.CONFLICTS,
            id=other.id,
            title=translate("Two visits in progress at {setting}", setting=own.name),
            detail=translate(
                "Yours and one of {who}. Agree who goes on; the other one is discarded.",
                who=names.get(other.officer_id, ""),
            ),
            may_wait=False,
            step=translate("Open yours"),
            page="visit",
            target=own.id,
        )


def _words_of_leads(session: Session, visit_ids: list[str]) -> dict[str, tuple[str, str]]:
    """By visit, what its last return said, and who said it on which day."""
    steps = session.scalars(
        select(Step)
        .where(
            is_review(Step),
            Step.accepted,
            Step.after == VisitStatus.RETURNED,
            Step.record_id.in_(visit_ids),
        )
        .order_by(Step.created_at)
    ).all()
    names = titles(session, [step.created_by for step in steps])
    return {
        step.record_id: (
            step.reason,
            translate(
                "{who}, {day}",
                who=names.get(step.created_by, ""),
                day=short_day(step.created_at.astimezone().date()),
            ),
        )
        for step in steps
    }


def _to_review(session: Session, mine: Mine) -> Iterator[TodayItem]:
    """One line for all visits that wait: their order is the page's own."""
    count, first = session.execute(
        select(func.count(), func.min(Visit.signed_off_at)).where(
            Visit.status == VisitStatus.SIGNED_OFF, Visit.deleted.is_(False), is_visit(Visit)
        )
    ).one()
    if not count:
        return
    policy, signed = mine.policy, (first or mine.now).astimezone().date()
    due = policy.working_days.days().add(signed, policy.review.due_working_days)
    yield TodayItem(
        part=Part.REVIEWS,
        id="reviews",
        title=plural("{n} visit to review", "{n} visits to review", count),
        detail=translate("The longest waiting is due {day}.", day=short_day(due)),
        late=due < mine.today,
        step=translate("Review"),
        page="review",
    )
