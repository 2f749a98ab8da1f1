"""Overrides that a team lead has not agreed to yet, as decisions that wait."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.errors import NotFound
from visitapp.language import message, translate
from visitapp.records import OutcomeOverride, OverrideStatus, Rag, Visit
from visitapp.rules.authority.override_life import is_worse
from visitapp.rules.choices import FROZEN
from visitapp.services.context import Desk
from visitapp.services.contributions import DecisionSource
from visitapp.services.settings.current_rating import standing_rags
from visitapp.services.views.decided.decisions import (
    DecisionView,
    Detail,
    Given,
    Option,
    Passage,
    Waiting,
)
from visitapp.services.views.decided.overrides import OverrideView
from visitapp.services.visits.sign_off.override_views import override_views
from visitapp.services.visits.sign_off.overrides import Overrides, override_objection
from visitapp.vocabulary import choice_word

KIND = "override"
AGREE, DECLINE = "agree", "decline"


def _waiting(session: Session, desk: Desk) -> Iterator[Waiting]:
    user = desk.user(session)
    found = session.execute(
        select(OutcomeOverride, Visit)
        .join(Visit, Visit.id == OutcomeOverride.visit_id)
        .where(
            OutcomeOverride.status == OverrideStatus.ASKED,
            OutcomeOverride.deleted.is_(False),
            Visit.status.in_(FROZEN),
            Visit.signed_off_at == OutcomeOverride.signed_off_at,
        )
    ).all()
    views = override_views(session, OutcomeOverride.id.in_([one.id for one, _ in found]))
    by_id = {view.id: view for view in views}
    rags = standing_rags(session, {one.setting_id for one, _ in found})
    for one, visit in found:
        view = by_id[one.id]
        yield Waiting(
            kind=KIND,
            id=one.id,
            title=translate(
                "Override to {rag}, outcome {outcome}",
                rag=_rag(one.rag),
                outcome=_rag(one.outcome_rag),
            ),
            setting_id=one.setting_id,
            setting=view.setting,
            rag=rags.get(one.setting_id, ""),
            asked_by_id=one.created_by,
            asked_by=view.asked_by,
            since=one.created_at,
            mine=not override_objection(session, visit, one, user),
            decided_by=translate("a team lead"),
        )


def _decision(session: Session, desk: Desk, override_id: str) -> DecisionView:
    waiting = next((one for one in _waiting(session, desk) if one.id == override_id), None)
    if waiting is None:
        raise NotFound(message("This override does not wait for a decision any more."))
    (one,) = override_views(session, OutcomeOverride.id == override_id)
    facts = [
        (translate("Visit"), short_day(one.visited_on)),
        (translate("Outcome"), _rag(one.outcome_rag)),
        (translate("Override"), _rag(one.rag)),
        (translate("Reason"), one.reason),
        (translate("Asked by"), one.asked_by),
    ]
    return DecisionView(
        waiting=waiting,
        standing=_standing(one),
        passages=[Passage(translate("What is asked, and why"), facts)],
        options=_options(one),
        visit_id=one.visit_id,
    )


def _standing(one: OverrideView) -> str:
    if is_worse(one.rag, one.outcome_rag):
        return translate("The worse rating already counts, until you decide.")
    return translate("The outcome counts until you decide.")


def _options(one: OverrideView) -> list[Option]:
    both = translate("Both ratings are printed and shown from now on.")
    agreed = (
        translate("The rating by this visit stays {rag}.", rag=_rag(one.rag))
        if is_worse(one.rag, one.outcome_rag)
        else translate(
            "The rating by this visit becomes {rag} once the visit is approved.", rag=_rag(one.rag)
        )
    )
    declined = translate(
        "The rating by this visit follows its outcome, {rag}.", rag=_rag(one.outcome_rag)
    )
    return [
        Option(
            id=AGREE,
            label=translate("Agree"),
            follows=[agreed, both],
            takes=(Detail.REASON,),
        ),
        Option(
            id=DECLINE,
            label=translate("Decline"),
            follows=[declined],
            takes=(Detail.REASON,),
            needs=(Detail.REASON,),
        ),
    ]


def _decide(desk: Desk, override_id: str, option: str, given: Given) -> None:
    overrides = Overrides(desk)
    if option == DECLINE:
        overrides.decline(override_id, given.reason)
    else:
        overrides.agree(override_id, given.reason)


def _rag(rag: str) -> str:
    return choice_word(Rag, rag)


OVERRIDES = DecisionSource(kind=KIND, waiting=_waiting, view=_decision, decide=_decide)
