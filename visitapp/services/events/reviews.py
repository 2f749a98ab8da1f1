"""Overdue reviews of significant events, as decisions that wait for a team lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.errors import NotFound
from visitapp.language import message, translate
from visitapp.records import Rag, Rating, Setting, SignificantEvent
from visitapp.rules.access import REVIEWERS
from visitapp.rules.choices import EventKind
from visitapp.services.context import Desk
from visitapp.services.contributions import DecisionSource
from visitapp.services.events.events import record_event
from visitapp.services.lookup import titles
from visitapp.services.views.decided.decisions import (
    DecisionView,
    Detail,
    Given,
    Option,
    Passage,
    Waiting,
)
from visitapp.standing.ratings import ranked_ratings
from visitapp.vocabulary import choice_word

KIND = "event_review"
_TAKES = (Detail.UNTIL, Detail.REASON)


def _overdue(session: Session, today: date) -> list[tuple[SignificantEvent, str]]:
    """The events by which settings are rated although their review is overdue, and the settings'
    names."""
    overdue = (SignificantEvent.review_on < today, SignificantEvent.deleted.is_(False))
    if not session.scalar(select(exists().where(*overdue))):
        return []  # before the ratings of every setting are ranked
    ranked = ranked_ratings()
    found = session.execute(
        select(SignificantEvent, Setting.name)
        .join(Setting, Setting.id == SignificantEvent.setting_id)
        .join(Rating, Rating.event_id == SignificantEvent.id)
        .join(ranked, (ranked.c.id == Rating.id) & (ranked.c.place == 1))
        .where(*overdue)
        .order_by(SignificantEvent.review_on, SignificantEvent.id)
    )
    return [(event, name) for event, name in found]


def _waiting(session: Session, desk: Desk) -> Iterator[Waiting]:
    role, found = desk.user(session).role, _overdue(session, desk.today())
    names = titles(session, [event.created_by for event, _ in found])
    for event, setting in found:
        assert event.review_on is not None, "an event without a review is never overdue"
        yield Waiting(
            kind=KIND,
            id=event.id,
            title=translate(
                "Review of a rating: {kind}, due {day}",
                kind=choice_word(EventKind, event.kind).lower(),
                day=short_day(event.review_on),
            ),
            setting_id=event.setting_id,
            setting=setting,
            rag=event.rag or "",
            asked_by_id=event.created_by,
            asked_by=names.get(event.created_by, ""),
            since=event.created_at,
            needed_by=event.review_on,
            mine=role in REVIEWERS,
            decided_by=translate("a team lead"),
        )


def _decision(session: Session, desk: Desk, event_id: str) -> DecisionView:
    waiting = next((one for one in _waiting(session, desk) if one.id == event_id), None)
    if waiting is None:
        raise NotFound(message("This review does not wait any more."))
    event = session.get_one(SignificantEvent, event_id)
    facts = [
        (translate("Happened on"), short_day(event.happened_on)),
        (translate("What happened"), event.text),
        (translate("Reported by"), event.source),
        (translate("Rated"), choice_word(Rag, event.rag or Rag.UNRATED)),
        (translate("Reason"), event.reason),
        (translate("Recorded by"), waiting.asked_by),
    ]
    days = desk.policy(session).placements.event_review_days
    return DecisionView(
        waiting=waiting,
        standing=translate("The rating stands until you decide or a visit rates again."),
        passages=[Passage(translate("What is on record"), [f for f in facts if f[1]])],
        options=[_option(rag, event.rag or "") for rag in (Rag.RED, Rag.AMBER, Rag.GREEN)],
        latest=desk.today() + timedelta(days=days),
        until=translate("Review again on"),
        visit_id=event.visit_id or "",
    )


def _option(rag: Rag, now: str) -> Option:
    word = choice_word(Rag, rag)
    if rag == now:
        label = translate("The rating stays {rag}", rag=word)
        follows = translate("It is reviewed again on the day that you give.")
    else:
        label = translate("The rating becomes {rag}", rag=word)
        follows = translate("The rating changes at once, and placements are told.")
    return Option(
        id=rag.value, label=label, follows=[follows], takes=_TAKES, needs=(Detail.REASON,)
    )


def _decide(desk: Desk, event_id: str, option: str, given: Given) -> None:
    with desk.transaction() as session:
        event = session.get_one(SignificantEvent, event_id)
        said = translate(
            "Review of what happened on {day}: {text}",
            day=short_day(event.happened_on),
            text=event.text,
        )
        record_event(
            session,
            desk,
            SignificantEvent(
                setting_id=event.setting_id,
                happened_on=desk.today(),
                kind=event.kind,
                text=said,
                source="",
                rag=option,
                reason=given.reason.strip(),
                review_on=given.until,
            ),
        )


EVENT_REVIEWS = DecisionSource(kind=KIND, waiting=_waiting, view=_decision, decide=_decide)
