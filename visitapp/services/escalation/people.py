"""The list of people to be moved when a provider is lost: by code, with needs, funder and
alternatives, and who was moved where."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TypedDict, Unpack

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotAllowed, Refused
from visitapp.language import message
from visitapp.records import AffectedPerson, EscalationNote, Setting
from visitapp.rules.escalation.ladder_life import LADDER_ROLES
from visitapp.rules.escalation.states import Funder, LadderNoteKind
from visitapp.services.context import Desk
from visitapp.services.days import day_that_came
from visitapp.services.escalation.queries import note_view
from visitapp.services.escalation.views import PeopleView, PersonView
from visitapp.services.lookup import check_texts, find, titles
from visitapp.services.permission import change
from visitapp.standing.holders.held import lists_of_people
from visitapp.vocabulary import choice_word


class PersonChanges(TypedDict, total=False):
    """The fields of a person that somebody changes."""

    needs: str
    critical: str
    funder: str
    alternatives: str


class People:
    """What a person can do with the lists of people."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def view(self, setting_id: str) -> PeopleView:
        """The list of a setting, those who are still to be moved first. Raises NotFound, and
        NotAllowed for somebody who does not move people there."""
        with self._desk.reading() as session:
            setting = find(session, Setting, setting_id)
            self._require_sight(session, setting)
            return self._view(session, setting)

    def add(
        self,
        setting_id: str,
        person: str,
        needs: str,
        funder: str,
        *,
        critical: str = "",
        alternatives: str = "",
    ) -> PeopleView:
        """Put somebody on the list, by code.

        Raises NotFound, NotAllowed, or Refused: BAD_VALUE for a name in place of a code,
        ALREADY_THERE for a code that is on the list.
        """
        texts = {
            "person": person.strip(),
            "needs": needs.strip(),
            "critical": critical.strip(),
            "alternatives": alternatives.strip(),
        }
        check_texts(AffectedPerson, texts)
        if not texts["needs"]:
            what = message("Say what care this person needs.")
            raise Refused(Code.BAD_VALUE, what, field="needs")
        with self._desk.transaction(also=LADDER_ROLES) as session:
            setting = find(session, Setting, setting_id)
            self._require_sight(session, setting)
            code = texts["person"].casefold()
            if any(one.person.casefold() == code for one in _people(session, setting.id)):
                raise Refused(
                    Code.ALREADY_THERE,
                    message("{code} is on this list already.", code=texts["person"]),
                    field="person",
                )
            session.add(
                AffectedPerson(setting_id=setting.id, funder=_funder(funder).value, **texts)
            )
            session.flush()
            return self._view(session, setting)

    def change(self, person_id: str, **changes: Unpack[PersonChanges]) -> PeopleView:
        """Change what is known of somebody. Raises NotFound, NotAllowed, Refused(BAD_VALUE)."""
        given = {name: str(value).strip() for name, value in changes.items()}
        check_texts(AffectedPerson, {k: v for k, v in given.items() if k != "funder"})
        if "funder" in given:
            given["funder"] = _funder(given["funder"]).value
        return self._change(person_id, dict(given))

    def move(self, person_id: str, to: str, on: date | None = None) -> PeopleView:
        """Say that somebody was moved, and where to. Raises as `change`."""
        where, day = to.strip(), day_that_came(self._desk, on, "moved_on")
        check_texts(AffectedPerson, {"moved_to": where})
        if not where:
            raise Refused(Code.BAD_VALUE, message("Say where they moved to."), field="moved_to")
        return self._change(person_id, {"moved_on": day, "moved_to": where, "off_list": ""})

    def take_off(self, person_id: str, reason: str) -> PeopleView:
        """Take somebody off the list who is not to be moved, with the reason; they stay on record.
        Raises as `change`."""
        reason = reason.strip()
        check_texts(AffectedPerson, {"off_list": reason})
        if not reason:
            raise Refused(Code.BAD_VALUE, message("Give the reason."), field="off_list")
        return self._change(person_id, {"off_list": reason})

    def put_back(self, person_id: str) -> PeopleView:
        """Somebody is to be moved after all, or was not moved yet. Raises NotFound, NotAllowed."""
        return self._change(person_id, {"off_list": "", "moved_on": None, "moved_to": ""})

    def _change(self, person_id: str, fields: dict[str, object]) -> PeopleView:
        with self._desk.transaction(also=LADDER_ROLES) as session:
            row = find(session, AffectedPerson, person_id)
            setting = find(session, Setting, row.setting_id)
            self._require_sight(session, setting)
            change(self._desk, session, row, fields)
            return self._view(session, setting)

    def _require_sight(self, session: Session, setting: Setting) -> None:
        """The user is one of those who move people there. A device that is not connected has
        settings of its own user alone."""
        user = self._desk.user(session)
        lists = lists_of_people(user.role, literal(user.id), literal(user.team))
        there = lists.where(lists.selected_columns[0] == setting.id).limit(1)
        if user.role not in LADDER_ROLES or (user.connected and session.scalar(there) is None):
            raise NotAllowed(
                message("Only those who move people here see this list."),
                message("Those are its officers, their team lead and, on the ladder, managers."),
            )

    def _view(self, session: Session, setting: Setting) -> PeopleView:
        rows = _people(session, setting.id)
        views = [_person_view(row) for row in rows]
        views.sort(key=lambda one: (bool(one.off_list), one.moved_on is not None, one.person))
        still = [one for one in views if not one.off_list]
        funders = Counter(one.funder_word for one in still)
        notes = session.scalars(
            select(EscalationNote)
            .where(
                EscalationNote.setting_id == setting.id,
                EscalationNote.kind == LadderNoteKind.LOG,
                EscalationNote.deleted.is_(False),
            )
            .order_by(EscalationNote.held_on, EscalationNote.created_at)
        ).all()
        names = titles(session, [note.created_by for note in notes])
        return PeopleView(
            setting_id=setting.id,
            setting=setting.name,
            people=tuple(views),
            moved=sum(one.moved_on is not None for one in still),
            total=len(still),
            by_funder=tuple(sorted(funders.items())),
            log=tuple(note_view(note, names) for note in notes),
        )


def _people(session: Session, setting_id: str) -> list[AffectedPerson]:
    of = (AffectedPerson.setting_id == setting_id, AffectedPerson.deleted.is_(False))
    return list(session.scalars(select(AffectedPerson).where(*of)))


def _funder(value: str) -> Funder:
    if value not in tuple(Funder):
        raise Refused(Code.BAD_VALUE, message("Say who pays for this person."), field="funder")
    return Funder(value)


def _person_view(row: AffectedPerson) -> PersonView:
    return PersonView(
        id=row.id,
        setting_id=row.setting_id,
        person=row.person,
        needs=row.needs,
        critical=row.critical,
        funder=row.funder,
        funder_word=choice_word(Funder, row.funder),
        alternatives=row.alternatives,
        moved_on=row.moved_on,
        moved_to=row.moved_to,
        off_list=row.off_list,
    )
