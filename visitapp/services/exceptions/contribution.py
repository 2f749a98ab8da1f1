"""What placement exceptions contribute to a setting's timeline and to the decisions that wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.errors import NotFound
from visitapp.language import message, plural, translate
from visitapp.records import ExceptionStatus, PlacementException, Setting, Step
from visitapp.rules.authority.exception_life import BANNED
from visitapp.services.context import Desk
from visitapp.services.contributions import Contribution, DecisionSource
from visitapp.services.exceptions.exceptions import Exceptions, may_decide
from visitapp.services.exceptions.queries import exception_views
from visitapp.services.exceptions.words import risk_lines
from visitapp.services.settings.current_rating import standing_rags
from visitapp.services.views.decided.decisions import (
    DecisionView,
    Detail,
    Given,
    Option,
    Passage,
    Waiting,
)
from visitapp.services.views.decided.exceptions import ExceptionView
from visitapp.services.views.settings import TimelineEntry
from visitapp.standing.indicators.enforcement import admissions_stopped
from visitapp.vocabulary import state_word

KIND = "exception"
AUTHORISE, REFUSE = "authorise", "refuse"


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    for one in exception_views(session, PlacementException.setting_id == setting.id):
        yield TimelineEntry(
            at=one.asked_at,
            what=translate("Placement exception asked for {person}.", person=one.person),
            detail=one.why,
        )
    steps = session.execute(
        select(Step, PlacementException.person)
        .join(PlacementException, PlacementException.id == Step.record_id)
        .where(
            Step.kind == PlacementException.__tablename__,
            Step.setting_id == setting.id,
            Step.accepted.is_(True),
            Step.before != Step.after,
        )
    )
    for step, person in steps:
        yield TimelineEntry(
            at=step.created_at,
            what=translate(
                "Placement exception for {person}: {state}.",
                person=person,
                state=state_word(PlacementException, step.after),
            ),
            detail=step.reason,
        )


def _waiting(session: Session, desk: Desk) -> Iterator[Waiting]:
    user = desk.user(session)
    asked = list(
        session.scalars(
            select(PlacementException).where(
                PlacementException.status == ExceptionStatus.ASKED,
                PlacementException.deleted.is_(False),
            )
        )
    )
    views = {
        view.id: view
        for view in exception_views(session, PlacementException.id.in_([one.id for one in asked]))
    }
    rags = standing_rags(session, [one.setting_id for one in asked])
    for one in asked:
        view = views[one.id]
        yield Waiting(
            kind=KIND,
            id=one.id,
            title=translate("Exception for one person"),
            setting_id=one.setting_id,
            setting=view.setting,
            rag=rags.get(one.setting_id, ""),
            asked_by_id=one.created_by,
            asked_by=view.asked_by,
            since=one.created_at,
            needed_by=one.needed_by,
            mine=may_decide(user, one.created_by),
            decided_by=translate("a senior manager"),
        )


def _decision(session: Session, desk: Desk, exception_id: str) -> DecisionView:
    waiting = next((one for one in _waiting(session, desk) if one.id == exception_id), None)
    if waiting is None:
        raise NotFound(message("This placement exception does not wait for a decision any more."))
    (one,) = exception_views(session, PlacementException.id == exception_id)
    days = desk.policy(session).placements.exception_days
    banned = admissions_stopped(session, one.setting_id, desk.today())
    return DecisionView(
        waiting=waiting,
        standing=plural(
            "{n} exception authorised here before",
            "{n} exceptions authorised here before",
            one.earlier,
        )
        if one.earlier
        else translate("No exception was authorised here before"),
        passages=_passages(one),
        options=_options(one, days, banned=banned),
        latest=desk.today() + timedelta(days=days),
    )


def _passages(one: ExceptionView) -> list[Passage]:
    asked = [
        (translate("Person"), one.person),
        (translate("Exceptional"), one.why),
        (translate("Needed by"), short_day(one.needed_by) if one.needed_by else ""),
        (
            translate("Asked by"),
            f"{one.asked_by}, {short_day(one.asked_at.astimezone().date())}",
        ),
    ]
    risk = (
        risk_lines(one.assessment)
        if one.assessment
        else [("", translate("There is no risk assessment on record."))]
    )
    title = translate("Risk assessment on record")
    if one.assessed_at:
        day = short_day(one.assessed_at.astimezone().date())
        title = translate("Risk assessment on record, {who}, {day}", who=one.assessed_by, day=day)
    return [
        Passage(translate("What is asked, and why"), [line for line in asked if line[1]]),
        Passage(title, risk),
    ]


def _barred(one: ExceptionView, *, banned: bool) -> str:
    if banned:
        return str(BANNED)
    if one.assessment is None:
        return translate("It cannot be authorised without a risk assessment on record.")
    return ""


def _options(one: ExceptionView, days: int, *, banned: bool) -> list[Option]:
    return [
        Option(
            id=AUTHORISE,
            label=translate("Authorise"),
            follows=[
                translate(
                    "One placement, {person} alone. The setting stays closed.", person=one.person
                ),
                plural(
                    "It ends on its last day, {n} day from today at most, or at once if the "
                    "placement position changes.",
                    "It ends on its last day, {n} days from today at most, or at once if the "
                    "placement position changes.",
                    days,
                ),
                translate("It can be used once."),
            ],
            takes=(Detail.CONDITIONS, Detail.UNTIL, Detail.REASON),
            needs=(Detail.UNTIL, Detail.REASON),
            barred=_barred(one, banned=banned),
        ),
        Option(
            id=REFUSE,
            label=translate("Refuse"),
            follows=[
                translate("The placement is not made here."),
                translate("Whoever asked sees your reason at their next sync."),
            ],
            takes=(Detail.REASON,),
            needs=(Detail.REASON,),
        ),
    ]


def _decide(desk: Desk, exception_id: str, option: str, given: Given) -> None:
    exceptions = Exceptions(desk)
    if option == REFUSE:
        exceptions.refuse(exception_id, given.reason)
    elif given.until is not None:
        exceptions.authorise(exception_id, given.until, given.reason, given.conditions)


CONTRIBUTION = Contribution(
    timeline=_timeline,
    decisions=[DecisionSource(kind=KIND, waiting=_waiting, view=_decision, decide=_decide)],
)
