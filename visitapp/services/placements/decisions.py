"""Placement positions that wait for a decision: to be confirmed, prompted by another rating, or
with an overdue review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.errors import NotFound
from visitapp.language import Message, message, translate
from visitapp.records import PlacementPosition, Position, Role, Setting
from visitapp.rules.access import DECIDERS
from visitapp.rules.placement import Standing, waits_for
from visitapp.rules.placement_decisions import Decision, decider_refusal
from visitapp.rules.policy.placements import PlacementRules
from visitapp.services.context import Desk
from visitapp.services.contributions import DecisionSource
from visitapp.services.lookup import titles
from visitapp.services.placements.own_rows import refused_positions
from visitapp.services.placements.placements import Placements
from visitapp.services.placements.standing import position_of
from visitapp.services.placements.waiting import count_by_decision
from visitapp.services.settings.current_rating import standing_ratings
from visitapp.services.views.decided.decisions import (
    DecisionView,
    Detail,
    Given,
    Option,
    Passage,
    Waiting,
)
from visitapp.standing.indicators.enforcement import (
    admissions_stopped,
    settings_without_admissions,
)
from visitapp.standing.placements import positions_by_setting
from visitapp.vocabulary import choice_word

KIND = "position"

_FOLLOWS = {
    Position.CLOSED: (
        message("No new placements. People who live there stay."),
        message("Only a senior manager's exception places one person."),
    ),
    Position.CONDITIONAL: (
        message("Placements continue on the condition, which is shown wherever the setting is."),
        message("Exceptions that were asked for or authorised become void."),
    ),
    Position.OPEN: (
        message("Placements are open."),
        message("Exceptions that were asked for or authorised become void."),
    ),
}
_TAKES = {
    Position.CLOSED: (Detail.UNTIL, Detail.REASON),
    Position.CONDITIONAL: (Detail.CONDITIONS, Detail.UNTIL, Detail.REASON),
    Position.OPEN: (Detail.REASON,),
}


def _waiting(session: Session, desk: Desk) -> Iterator[Waiting]:
    user, today = desk.user(session), desk.today()
    rules = desk.policy(session).placements
    names = {s.id: s.name for s in session.scalars(select(Setting).where(~Setting.deleted))}
    ratings = standing_ratings(session)
    positions = positions_by_setting(session, refused_positions())
    banned = settings_without_admissions(session, today)
    for setting_id in sorted(names.keys() & (ratings.keys() | positions.keys())):
        stands = positions.get(setting_id, Standing(None))
        rating = ratings.get(setting_id)
        rag = rating.rag if rating else None
        if not waits_for(stands, rag, banned=setting_id in banned, today=today):
            continue
        since = stands.row.since if stands.row else rating.since if rating else None
        if since is None:
            continue
        yield Waiting(
            kind=KIND,
            id=setting_id,
            title=translate(
                "Placements: {position}", position=choice_word(Position, stands.position).lower()
            ),
            setting_id=setting_id,
            setting=names[setting_id],
            rag=rag or "",
            asked_by_id="",
            asked_by="",
            since=since,
            mine=_may_decide(user.role, stands, rules, today),
            decided_by=translate("a team lead or a senior manager")
            if _may_decide(Role.LEAD, stands, rules, today)
            else translate("a senior manager"),
        )


def _mine(session: Session, desk: Desk) -> int:
    role, today, rules = desk.user(session).role, desk.today(), desk.policy(session).placements
    if role not in DECIDERS:
        return 0
    return sum(
        n
        for n, example in count_by_decision(session, today)
        if _may_decide(role, position_of(session, example), rules, today)
    )


def _decision(session: Session, desk: Desk, setting_id: str) -> DecisionView:
    waiting = next((one for one in _waiting(session, desk) if one.id == setting_id), None)
    if waiting is None:
        raise NotFound(message("This position does not wait for a decision any more."))
    stands, today = position_of(session, setting_id), desk.today()
    rules, role = desk.policy(session).placements, desk.user(session).role
    banned = admissions_stopped(session, setting_id, today)
    why = waits_for(stands, waiting.rag or None, banned=banned, today=today)
    return DecisionView(
        waiting=waiting,
        standing=" ".join(map(str, why)),
        passages=[Passage(translate("What stands"), _facts(session, stands))],
        options=[_option(one, _refusal(role, one, stands, rules, today)) for one in _TAKES],
        latest=today + timedelta(days=rules.review_days),
        until=translate("Review on"),
    )


def _facts(session: Session, stands: Standing) -> list[tuple[str, str]]:
    if stands.row is None:
        return [(translate("Position"), choice_word(Position, Position.NOT_ASSESSED))]
    row = session.get_one(PlacementPosition, stands.row.id)
    by = titles(session, [row.created_by]).get(row.created_by, "")
    facts = [
        (translate("Position"), choice_word(Position, row.position)),
        (translate("From"), short_day(row.from_on)),
        (translate("Condition"), row.condition),
        (translate("Reason"), row.reason),
        (translate("Decided by"), by),
        (translate("Review"), short_day(row.review_on) if row.review_on else ""),
    ]
    return [fact for fact in facts if fact[1]]


def _option(position: Position, refusal: Message | None) -> Option:
    needs = [Detail.REASON]
    if position is Position.CONDITIONAL:
        needs = [Detail.CONDITIONS, Detail.REASON]
    return Option(
        id=position.value,
        label=choice_word(Position, position),
        follows=[str(text) for text in _FOLLOWS[position]],
        takes=_TAKES[position],
        needs=needs,
        barred=str(refusal or ""),
    )


def _refusal(
    role: str, position: Position, stands: Standing, rules: PlacementRules, today: date
) -> Message | None:
    if role not in DECIDERS:
        return message("Only a team lead or a senior manager decides on placements.")
    decision = Decision(
        position=position,
        condition="",
        reason="",
        from_on=today,
        review_on=None,
        settles=bool(stands.others),
    )
    replaced = [row for row in (stands.row, *stands.others[:1]) if row is not None]
    return decider_refusal(role, decision, replaced, rules)


def _may_decide(role: str, stands: Standing, rules: PlacementRules, today: date) -> bool:
    """Whether somebody of this role can take any decision here."""
    return any(_refusal(role, one, stands, rules, today) is None for one in _TAKES)


def _decide(desk: Desk, setting_id: str, option: str, given: Given) -> None:
    Placements(desk).decide(
        setting_id, option, given.reason, condition=given.conditions, review_on=given.until
    )


POSITIONS = DecisionSource(kind=KIND, waiting=_waiting, view=_decision, decide=_decide, mine=_mine)
