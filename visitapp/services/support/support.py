"""Refer a theme to the market support partner, follow the referral, and say what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Setting, SupportReferral
from visitapp.rules.access import AccessRequest
from visitapp.rules.support.states import OPEN_SUPPORT
from visitapp.rules.support.support_life import step_day_fault
from visitapp.services.concerns.checks import require_themes
from visitapp.services.context import Desk
from visitapp.services.days import day_that_came
from visitapp.services.lookup import check_texts, find, find_open_setting
from visitapp.services.permission import actor_of, permit
from visitapp.services.support.queries import support_views
from visitapp.services.support.views import SupportView
from visitapp.standing.steps import new_step


class Support:
    """What a person can do with referrals for support."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def refer(
        self,
        setting_ids: Sequence[str],
        theme: str,
        partner: str,
        asked_for: str = "",
        asked_on: date | None = None,
    ) -> list[SupportView]:
        """Ask a partner to support settings with a theme: a referral for each of them.

        Raises NotFound, NotAllowed, Refused BAD_VALUE, or ALREADY_THERE where such a referral is
        still open.
        """
        day = day_that_came(self._desk, asked_on, "asked_on")
        texts = {"partner": partner.strip(), "asked_for": asked_for.strip()}
        check_texts(SupportReferral, texts)
        with self._desk.transaction() as session:
            user = self._desk.user(session)
            making = AccessRequest(creating=True, fields=frozenset(), created_by=user.id)
            permit(user, SupportReferral, making)
            require_themes(self._desk.policy(session), [theme])
            made = []
            for setting_id in setting_ids:
                setting = find_open_setting(session, setting_id)
                self._require_first(session, setting, theme)
                referral = SupportReferral(
                    setting_id=setting.id, theme=theme, asked_on=day, **texts
                )
                session.add(referral)
                session.flush()
                made.append(referral.id)
            return support_views(session, self._desk, SupportReferral.id.in_(made))

    def move(
        self, referral_id: str, after: str, day: date | None = None, text: str = ""
    ) -> SupportView:
        """Say that support was offered (`text`: what), taken up or declined (why), or what came of
        it. Raises NotFound, NotAllowed, Refused BAD_VALUE or STEP_REFUSED."""
        on = day_that_came(self._desk, day)
        with self._desk.transaction() as session:
            referral = find(session, SupportReferral, referral_id)
            user, policy = self._desk.user(session), self._desk.policy(session)
            request = AccessRequest(
                creating=False,
                fields=frozenset({"status"}),
                created_by=referral.created_by,
                status=after,
            )
            permit(user, SupportReferral, request)
            days = ("asked_on", "offered_on", "taken_up_on")
            fault = step_day_fault(
                {name: getattr(referral, name) for name in days},
                *(after, on, policy.concerns.support_months),
            )
            if fault:
                raise Refused(Code.STEP_REFUSED, fault, field="day")
            step = new_step(
                *(referral, after, actor_of(user), self._desk.clock()), day=on, reason=text
            )
            session.add(step)
            session.flush()
            (view,) = support_views(session, self._desk, SupportReferral.id == referral.id)
            return view

    def view(self, referral_id: str) -> SupportView:
        """One referral. Raises NotFound."""
        with self._desk.reading() as session:
            referral = find(session, SupportReferral, referral_id)
            (view,) = support_views(session, self._desk, SupportReferral.id == referral.id)
            return view

    def list(self, setting_id: str | None = None, *, open_only: bool = False) -> list[SupportView]:
        """The referrals of a setting, or of all: those to be reviewed first, then the open ones."""
        conditions = []
        if setting_id is not None:
            conditions.append(SupportReferral.setting_id == setting_id)
        if open_only:
            conditions.append(SupportReferral.status.in_(OPEN_SUPPORT))
        with self._desk.reading() as session:
            return support_views(session, self._desk, *conditions)

    def last_partner(self) -> str:
        """Who was asked last; empty for nobody yet."""
        with self._desk.reading() as session:
            newest = select(SupportReferral.partner).order_by(SupportReferral.id.desc()).limit(1)
            return session.scalar(newest) or ""

    def today(self) -> date:
        """The calendar day where the user is."""
        return self._desk.today()

    def _require_first(self, session: Session, setting: Setting, theme: str) -> None:
        """No other referral of the theme is open there."""
        there = select(SupportReferral.id).where(
            SupportReferral.setting_id == setting.id,
            SupportReferral.theme == theme,
            SupportReferral.deleted.is_(False),
            SupportReferral.status.in_(OPEN_SUPPORT),
        )
        if session.scalar(there.limit(1)) is not None:
            raise Refused(
                Code.ALREADY_THERE,
                message(
                    "Support with this theme was already asked for at {setting}.",
                    setting=setting.name,
                ),
                message("Follow that referral, or say that it was declined."),
            )
