"""Reading referrals for support."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from visitapp.records import Setting, Step, SupportReferral
from visitapp.rules.concerns.clusters import Counted
from visitapp.rules.support.effect import effect_of
from visitapp.rules.support.states import OPEN_SUPPORT, SupportStatus
from visitapp.rules.support.support_life import SUPPORT, effect_from
from visitapp.rules.visiting.due import add_months
from visitapp.services.concerns.trends import counted_since
from visitapp.services.context import Desk
from visitapp.services.lookup import titles
from visitapp.services.support.views import SupportEvent, SupportView


def support_views(
    session: Session, desk: Desk, *conditions: ColumnElement[bool]
) -> list[SupportView]:
    """Referrals: those that wait for somebody first, then the newest."""
    found = session.execute(
        select(SupportReferral, Setting.name)
        .join(Setting, Setting.id == SupportReferral.setting_id)
        .where(SupportReferral.deleted.is_(False), *conditions)
        .order_by(SupportReferral.asked_on.desc(), SupportReferral.id)
    ).all()
    if not found:
        return []
    records = [record for record, _ in found]
    policy, today, role = desk.policy(session), desk.today(), desk.user(session).role
    months = policy.concerns.support_months
    events = _events(session, [record.id for record in records])
    names = titles(session, [record.created_by for record in records])
    labels = {theme.id: theme.label for theme in policy.themes}
    concerns = _concerns(session, records, months)
    views = []
    for record, setting in found:
        effect = effect_of(
            concerns[record.setting_id],
            *(record.theme, record.asked_on, record.taken_up_on),
            months=months,
            today=today,
        )
        _, *others = SUPPORT.next_states(record.status, role)
        if not effect.known:
            others = [state for state in others if state != SupportStatus.REVIEWED]
        taken_up = record.taken_up_on
        views.append(
            SupportView(
                id=record.id,
                setting_id=record.setting_id,
                setting=setting,
                theme=record.theme,
                theme_label=labels.get(record.theme, record.theme),
                partner=record.partner,
                asked_for=record.asked_for,
                asked_on=record.asked_on,
                asked_by=names.get(record.created_by, ""),
                offered_on=record.offered_on,
                taken_up_on=taken_up,
                ended_on=record.ended_on,
                status=record.status,
                effect=effect,
                effect_on=effect_from(taken_up, months) if taken_up else None,
                to_review=effect.known and record.status == SupportStatus.TAKEN_UP,
                next_states=others,
                events=events[record.id],
            )
        )
    return sorted(views, key=lambda view: (not view.to_review, view.status not in OPEN_SUPPORT))


def _concerns(
    session: Session, records: Iterable[SupportReferral], months: int
) -> dict[str, list[Counted]]:
    """The concerns at these settings that may count, by setting."""
    places = {record.setting_id for record in records}
    since = min(add_months(record.asked_on, -months) for record in records)
    found: dict[str, list[Counted]] = defaultdict(list)
    for one in counted_since(session, since, next(iter(places)) if len(places) == 1 else None):
        if one.setting_id in places:
            found[one.setting_id].append(one)
    return found


def _events(session: Session, ids: list[str]) -> dict[str, list[SupportEvent]]:
    steps = session.scalars(
        select(Step)
        .where(
            Step.kind == SupportReferral.__tablename__,
            Step.record_id.in_(ids),
            Step.accepted.is_(True),
            Step.deleted.is_(False),
        )
        .order_by(Step.created_at, Step.id)
    ).all()
    names = titles(session, [step.created_by for step in steps])
    found: dict[str, list[SupportEvent]] = defaultdict(list)
    for step in steps:
        found[step.record_id].append(
            SupportEvent(
                on=step.day or step.created_at.astimezone().date(),
                by=names.get(step.created_by, ""),
                status=step.after,
                text=step.reason,
            )
        )
    return found
