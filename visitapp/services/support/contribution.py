"""What referrals for support contribute to a setting's timeline and to a person's day."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.language import translate
from visitapp.records import Setting, Step, SupportReferral
from visitapp.rules.support.states import SupportStatus
from visitapp.services.context import Desk
from visitapp.services.contributions import Contribution
from visitapp.services.support.queries import support_views
from visitapp.services.support.words import effect_words
from visitapp.services.today.items import Mine, NextStep, Part, TodayItem
from visitapp.services.views.settings import TimelineEntry


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    about = (SupportReferral.setting_id == setting.id, SupportReferral.deleted.is_(False))
    for one in session.scalars(select(SupportReferral).where(*about)):
        what = translate("Support asked of {partner}.", partner=one.partner)
        yield TimelineEntry(at=one.created_at, what=what, detail=one.asked_for)
    steps = session.execute(
        select(Step, SupportReferral.partner)
        .join(SupportReferral, SupportReferral.id == Step.record_id)
        .where(
            Step.kind == SupportReferral.__tablename__,
            Step.accepted.is_(True),
            Step.deleted.is_(False),
            *about,
        )
    )
    for step, partner in steps:
        yield TimelineEntry(at=step.created_at, what=_said(step.after, partner), detail=step.reason)


def _said(status: str, partner: str) -> str:
    return {
        SupportStatus.OFFERED: translate("Support offered by {partner}.", partner=partner),
        SupportStatus.TAKEN_UP: translate("Support by {partner} taken up.", partner=partner),
        SupportStatus.REVIEWED: translate("Effect of the support reviewed."),
        SupportStatus.DECLINED: translate(
            "Support by {partner} declined or stopped.", partner=partner
        ),
    }[SupportStatus(status)]


def _to_review(session: Session, desk: Desk, mine: Mine) -> Iterator[TodayItem]:
    """The referrals whose effect is known at the person's settings."""
    taken_up = SupportReferral.status == SupportStatus.TAKEN_UP
    for one in support_views(
        session, desk, taken_up, SupportReferral.setting_id.in_(mine.settings)
    ):
        if one.to_review:
            theme = one.theme_label.lower()
            yield TodayItem(
                part=Part.CONCERNS,
                id=one.id,
                title=translate("Say what support with {theme} did", theme=theme),
                detail=" \u00b7 ".join((one.setting, effect_words(one))),
                step=translate("Review…"),
                does=NextStep.SUPPORT,
                target=one.id,
            )


CONTRIBUTION = Contribution(timeline=_timeline, today=[_to_review])
