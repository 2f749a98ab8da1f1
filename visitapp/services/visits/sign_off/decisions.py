"""Ratings that go up once a team lead agrees, as decisions that wait."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.errors import NotFound
from visitapp.language import message, translate
from visitapp.records import Rag, Rating, Setting, User, Visit, VisitStatus
from visitapp.rules.choices import RatingState
from visitapp.rules.ratings import RatingRow
from visitapp.services.context import Desk
from visitapp.services.contributions import DecisionSource
from visitapp.services.settings.current_rating import current_rating, standing_rags
from visitapp.services.views.decided.decisions import (
    DecisionView,
    Detail,
    Given,
    Option,
    Passage,
    Waiting,
)
from visitapp.services.views.settings import RatingView
from visitapp.services.visits.sign_off.reviews import Reviews, review_objection
from visitapp.standing.ratings import rows_of_visits
from visitapp.standing.visits import is_visit
from visitapp.vocabulary import choice_word, visit_word

KIND = "rating"
APPROVE, RETURN = "approve", "return"


def _proposed(session: Session) -> Iterator[tuple[Visit, RatingRow]]:
    """The signed-off visits whose rating waits for a team lead, each with its newest row."""
    proposed = select(Rating.visit_id).where(Rating.state == RatingState.PROPOSED, ~Rating.deleted)
    waiting = (Visit.status == VisitStatus.SIGNED_OFF, Visit.deleted.is_(False), is_visit(Visit))
    visits = list(session.scalars(select(Visit).where(Visit.id.in_(proposed), *waiting)))
    newest: dict[str, RatingRow] = {}
    for row in sorted(
        rows_of_visits(session, [visit.id for visit in visits]), key=attrgetter("age")
    ):
        newest[row.cause_id] = row
    for visit in visits:
        last = newest.get(visit.id)
        if last is not None and last.state == RatingState.PROPOSED:
            yield visit, last


def _waiting(session: Session, desk: Desk) -> Iterator[Waiting]:
    user = desk.user(session)
    found = list(_proposed(session))
    rags = standing_rags(session, {visit.setting_id for visit, _ in found})
    for visit, row in found:
        by = session.get(User, visit.signed_off_by)
        yield Waiting(
            kind=KIND,
            id=visit.id,
            title=translate(
                "Rating {rag}, visit of {day}",
                rag=_rag(row.rag),
                day=short_day(visit.visited_on),
            ),
            setting_id=visit.setting_id,
            setting=session.get_one(Setting, visit.setting_id).name,
            rag=rags.get(visit.setting_id, ""),
            asked_by_id=visit.signed_off_by or "",
            asked_by=(by.title or by.name) if by else "",
            since=visit.signed_off_at or visit.created_at,
            mine=not review_objection(session, visit, user),
            decided_by=translate("a team lead"),
        )


def _decision(session: Session, desk: Desk, visit_id: str) -> DecisionView:
    waiting = next((one for one in _waiting(session, desk) if one.id == visit_id), None)
    if waiting is None:
        raise NotFound(message("This rating does not wait for a decision any more."))
    visit = session.get_one(Visit, visit_id)
    outcome = visit.outcome or {}
    because = outcome.get("because") or [{}]
    now = current_rating(session, desk.form_of, [visit.setting_id])
    facts = [
        (translate("Visit"), f"{visit_word(visit.purpose)}, {short_day(visit.visited_on)}"),
        (translate("Signed off by"), waiting.asked_by),
        (translate("Outcome"), _rag(outcome.get("overall", "unrated"))),
        (translate("Because"), because[0].get("text", "")),
    ]
    return DecisionView(
        waiting=waiting,
        standing=_standing(waiting.rag),
        passages=[Passage(translate("What is asked, and why"), [f for f in facts if f[1]])],
        options=_options(_what_approval_does(visit, now, outcome.get("overall", "unrated"))),
        visit_id=visit_id,
    )


def _standing(rag: str) -> str:
    """What rates the setting until somebody decides; "" says that nothing does."""
    return translate("Now rated {rag}", rag=_rag(rag)) if rag else translate("Not rated yet")


def _what_approval_does(visit: Visit, now: RatingView, rag: str) -> str:
    """An older visit never stands over a newer one; the one before may have been approved since."""
    if now.visited_on is not None and now.visited_on > visit.visited_on:
        return translate(
            "The rating stays {rag}, of {day}: that is later than this visit.",
            rag=_rag(now.rag),
            day=short_day(now.visited_on),
        )
    if now.rag == rag:
        return translate("The rating stays {rag}, by this visit from now on.", rag=_rag(rag))
    return translate("The rating becomes {rag} at once.", rag=_rag(rag))


def _options(on_approval: str) -> list[Option]:
    return [
        Option(
            id=APPROVE,
            label=translate("Approve"),
            follows=[
                on_approval,
                translate("You can undo it on the page Review for ten seconds."),
            ],
            takes=(Detail.REASON,),
        ),
        Option(
            id=RETURN,
            label=translate("Return with comments"),
            follows=[
                translate("The rating stays as it is."),
                translate("The officer can change the visit, then signs it off again."),
            ],
            takes=(Detail.REASON,),
            needs=(Detail.REASON,),
        ),
    ]


def _decide(desk: Desk, visit_id: str, option: str, given: Given) -> None:
    reviews = Reviews(desk)
    if option == RETURN:
        reviews.return_(visit_id, given.reason)
    else:
        reviews.approve(visit_id, given.reason)


def _rag(rag: str) -> str:
    return choice_word(Rag, rag)


RATINGS = DecisionSource(kind=KIND, waiting=_waiting, view=_decision, decide=_decide)
