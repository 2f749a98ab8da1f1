"""Cover for an officer who is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Cover, Setting
from visitapp.rules.holders.holding import cover_fault
from visitapp.services.context import Desk
from visitapp.services.holders.people import holder_called, permit_new, person_called
from visitapp.services.lookup import check_texts, find, titles
from visitapp.services.views.holders import CoverView


class Covers:
    """Who covers which settings. A team lead arranges it; the server starts and ends it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def arrange(
        self,
        setting_ids: Sequence[str],
        deputy: str,
        starts_on: date,
        ends_on: date,
        note: str = "",
    ) -> list[CoverView]:
        """Let a user, by sign-in name or id, cover settings up to and including `ends_on`.

        A setting that they hold is left out. Raises NotFound, NotAllowed unless the user leads,
        Refused BAD_VALUE.
        """
        check_texts(Cover, {"note": note})
        with self._desk.transaction() as session:
            permit_new(self._desk.user(session), Cover)
            user = holder_called(session, deputy)
            require_days(starts_on, ends_on, self._desk.today())
            settings = [find(session, Setting, id_) for id_ in dict.fromkeys(setting_ids)]
            covered = [one for one in settings if one.officer_id != user.id]
            if not covered:
                raise Refused(
                    Code.BAD_VALUE,
                    message("{name} already holds these settings.", name=user.title or user.name),
                )
            made = [
                Cover(
                    setting_id=setting.id,
                    deputy_id=user.id,
                    starts_on=starts_on,
                    ends_on=ends_on,
                    note=note.strip(),
                )
                for setting in covered
            ]
            session.add_all(made)
            session.flush()
            return cover_views(session, self._desk.today(), Cover.id.in_([one.id for one in made]))

    def arrange_for(
        self, officer: str, deputy: str, starts_on: date, ends_on: date, note: str = ""
    ) -> list[CoverView]:
        """The same for every setting that an officer holds now. Raises as `arrange` does."""
        with self._desk.reading() as session:
            user = person_called(session, officer)
            held = session.scalars(
                select(Setting.id)
                .where(Setting.officer_id == user.id, Setting.deleted.is_(False))
                .order_by(Setting.name, Setting.id)
            ).all()
        if not held:
            raise Refused(
                Code.BAD_VALUE, message("{name} holds no settings.", name=user.title or user.name)
            )
        return self.arrange(held, deputy, starts_on, ends_on, note)

    def change_end(self, cover_id: str, ends_on: date) -> CoverView:
        """Let a cover end on another day. Raises NotFound, NotAllowed, Refused BAD_VALUE."""
        with self._desk.transaction() as session:
            permit_new(self._desk.user(session), Cover)
            cover = find(session, Cover, cover_id)
            require_days(cover.starts_on, ends_on, self._desk.today())
            cover.ends_on = ends_on
            session.flush()
            return cover_views(session, self._desk.today(), Cover.id == cover.id)[0]

    def end(self, cover_id: str) -> CoverView:
        """End a cover at once, or withdraw one that has not started. Raises NotFound,
        NotAllowed."""
        with self._desk.transaction() as session:
            permit_new(self._desk.user(session), Cover)
            cover = find(session, Cover, cover_id)
            end_cover(cover, self._desk.today() - timedelta(days=1))
            session.flush()
            return cover_views(session, self._desk.today(), Cover.id == cover.id)[0]

    def list(self, *, over: bool = False) -> list[CoverView]:
        """Cover that is planned or lasts, the first to start first; with `over` also the rest. A
        lead's delegates are listed by `Delegates`."""
        wanted = () if over else (Cover.ends_on >= self._desk.today(),)
        with self._desk.reading() as session:
            mine = (Cover.deleted.is_(False), Cover.for_lead_id.is_(None), *wanted)
            return cover_views(session, self._desk.today(), *mine)


def require_days(starts_on: date, ends_on: date, today: date) -> None:
    """Raise Refused BAD_VALUE for days on which nobody can cover."""
    fault = cover_fault(starts_on, ends_on, today)
    if fault:
        raise Refused(Code.BAD_VALUE, fault, field="ends_on")


def end_cover(cover: Cover, last_day: date) -> None:
    """Let a cover end with this day; one that starts later is withdrawn."""
    if cover.starts_on > last_day:
        cover.deleted = True
    else:
        cover.ends_on = min(cover.ends_on, last_day)


def cover_views(session: Session, today: date, *conditions: ColumnElement[bool]) -> list[CoverView]:
    """The covers that meet the conditions, the first to start first."""
    found = session.execute(
        select(Cover, Setting.name)
        .join(Setting, Setting.id == Cover.setting_id)
        .where(*conditions)
        .order_by(Cover.starts_on, Setting.name, Cover.id)
    ).all()
    names = titles(session, [cover.deputy_id for cover, _ in found])
    return [
        CoverView(
            id=cover.id,
            setting_id=cover.setting_id,
            setting=setting,
            deputy_id=cover.deputy_id,
            deputy=names.get(cover.deputy_id, ""),
            starts_on=cover.starts_on,
            ends_on=cover.ends_on,
            note=cover.note,
            active=cover.active,
            over=cover.deleted or cover.ends_on < today,
        )
        for cover, setting in found
    ]
