"""Who reviews and decides for a team lead who is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Cover, Role, Setting, User
from visitapp.rules.access import REVIEWERS
from visitapp.rules.holders.holding import delegate_fault
from visitapp.rules.market_choices import SettingStatus
from visitapp.services.context import Desk
from visitapp.services.holders.covers import end_cover, require_days
from visitapp.services.holders.people import holder_called, holder_view, permit_new, person_called
from visitapp.services.lookup import check_texts, find, titles
from visitapp.services.views.holders import DelegateView, Holder


class Delegates:
    """Delegates of team leads: each covers every setting of the lead's team."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def name(
        self, deputy: str, starts_on: date, ends_on: date, reason: str, *, lead: str | None = None
    ) -> DelegateView:
        """Let another team lead review and decide for a lead (this person), up to and including
        `ends_on`. People by sign-in name or id.

        Raises NotFound, NotAllowed unless the user leads, Refused BAD_VALUE.
        """
        check_texts(Cover, {"note": reason})
        with self._desk.transaction() as session:
            me = self._desk.user(session)
            permit_new(me, Cover)
            away, heir = person_called(session, lead or me.id), holder_called(session, deputy)
            fault = delegate_fault(away.role, away.team, heir.role, heir.team, reason)
            if fault:
                raise Refused(Code.BAD_VALUE, fault, field="" if reason.strip() else "reason")
            require_days(starts_on, ends_on, self._desk.today())
            settings = session.scalars(
                select(Setting.id)
                .where(
                    Setting.team == away.team,
                    Setting.deleted.is_(False),
                    Setting.status != SettingStatus.MERGED.value,
                )
                .order_by(Setting.id)
            ).all()
            if not settings:
                raise Refused(Code.BAD_VALUE, message("This team has no settings here."))
            covers = [
                Cover(
                    setting_id=id_,
                    deputy_id=heir.id,
                    for_lead_id=away.id,
                    starts_on=starts_on,
                    ends_on=ends_on,
                    note=reason.strip(),
                )
                for id_ in settings
            ]
            session.add_all(covers)
            session.flush()
            return self._views(session, Cover.id.in_([one.id for one in covers]))[0]

    def leads(self) -> list[Holder]:
        """The team leads who can be away: this person, and everybody for an administrator."""
        with self._desk.reading() as session:
            me = self._desk.user(session)
            return _people(session, User.role == Role.LEAD, _one_or_all(me.id, me.role))

    def candidates(self) -> list[Holder]:
        """Who can be a delegate."""
        with self._desk.reading() as session:
            return _people(session, User.role.in_(REVIEWERS))

    def change_end(self, delegate_id: str, ends_on: date) -> None:
        """Let it end on another day. Raises NotFound, NotAllowed, Refused BAD_VALUE."""
        with self._desk.transaction() as session:
            covers = self._covers(session, delegate_id)
            require_days(covers[0].starts_on, ends_on, self._desk.today())
            for cover in covers:
                cover.ends_on = ends_on

    def end(self, delegate_id: str) -> None:
        """End it at once, or withdraw one that has not started. Raises NotFound, NotAllowed."""
        with self._desk.transaction() as session:
            for cover in self._covers(session, delegate_id):
                end_cover(cover, self._desk.today() - timedelta(days=1))

    def list(self, *, over: bool = False) -> Sequence[DelegateView]:
        """Those named or at work, the first to start first; with `over` also the rest."""
        with self._desk.reading() as session:
            return [one for one in self._views(session) if over or not one.over]

    def _covers(self, session: Session, delegate_id: str) -> Sequence[Cover]:
        permit_new(self._desk.user(session), Cover)
        one = find(session, Cover, delegate_id)
        same = (
            Cover.for_lead_id == one.for_lead_id,
            Cover.deputy_id == one.deputy_id,
            Cover.starts_on == one.starts_on,
            Cover.deleted.is_(False),
        )
        return session.scalars(select(Cover).where(*same)).all()

    def _views(self, session: Session, *conditions: ColumnElement[bool]) -> Sequence[DelegateView]:
        who = (Cover.for_lead_id, Cover.deputy_id, Cover.starts_on)
        rows = session.execute(
            select(
                *who,
                func.min(Cover.id).label("id"),
                func.max(Cover.ends_on).label("ends_on"),
                func.max(Cover.note).label("note"),
                func.max(Cover.active).label("active"),
                func.count(Cover.setting_id.distinct()).label("settings"),
            )
            .where(Cover.for_lead_id.is_not(None), Cover.deleted.is_(False), *conditions)
            .group_by(*who)
            .order_by(Cover.starts_on, func.min(Cover.id))
        ).all()
        names = titles(session, {id_ for row in rows for id_ in (row.for_lead_id, row.deputy_id)})
        return [
            DelegateView(
                id=row.id,
                lead_id=row.for_lead_id,
                lead=names.get(row.for_lead_id, ""),
                deputy_id=row.deputy_id,
                deputy=names.get(row.deputy_id, ""),
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                note=row.note,
                settings=row.settings,
                active=bool(row.active),
                over=row.ends_on < self._desk.today(),
            )
            for row in rows
        ]


def _one_or_all(user_id: str, role: str) -> ColumnElement[bool]:
    return User.id.is_not(None) if role == Role.ADMIN else User.id == user_id


def _people(session: Session, *conditions: ColumnElement[bool]) -> list[Holder]:
    found = session.scalars(select(User).where(User.active, User.deleted.is_(False), *conditions))
    return sorted(map(holder_view, found), key=lambda one: (one.title.casefold(), one.name))
