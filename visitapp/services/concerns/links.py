"""What a concern is tied to: the actions that answer it, and the earlier one that it repeats."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.records import Action, ActionStatus, Concern, ConcernUpdate
from visitapp.rules.action_life import due_date_fault
from visitapp.rules.concerns.repeats import repeat_fault
from visitapp.rules.concerns.states import UpdateKind
from visitapp.rules.concerns.themes import themes_of
from visitapp.services.actions.queries import action_views
from visitapp.services.actions.raising import raise_action
from visitapp.services.concerns.queries import concern_view
from visitapp.services.concerns.views import ConcernView
from visitapp.services.context import Desk
from visitapp.services.lookup import check_texts, find
from visitapp.services.permission import change
from visitapp.vocabulary import choice_word


class ConcernLinks:
    """What a person can tie to a concern, and what can be chosen for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def answer_with(self, concern_id: str, action_id: str, text: str = "") -> ConcernView:
        """Say that an action of the setting answers a concern. Raises NotFound, Refused."""
        with self._desk.transaction() as session:
            concern, action = find(session, Concern, concern_id), find(session, Action, action_id)
            if action.setting_id != concern.setting_id:
                what = message("This action belongs to another setting.")
                raise Refused(Code.BAD_VALUE, what, field="action")
            _link(session, concern, action.id, text.strip() or action.title)
            return self._view(session, concern)

    def raise_action(self, concern_id: str, title: str, due_on: date) -> ConcernView:
        """Raise an action at the setting that answers a concern, both or neither. Raises NotFound,
        Refused."""
        title = title.strip()
        check_texts(Action, {"title": title})
        fault = due_date_fault(due_on)
        if fault:
            raise Refused(Code.BAD_VALUE, fault, field="day")
        with self._desk.transaction() as session:
            concern = find(session, Concern, concern_id)
            action = Action(
                setting_id=concern.setting_id,
                title=title,
                theme=themes_of(concern.themes)[0] if concern.themes else "",
                first_due_on=due_on,
            )
            raised = raise_action(session, self._desk, None, action).id
            _link(session, concern, raised, title)
            return self._view(session, concern)

    def repeats(self, concern_id: str, earlier_id: str | None) -> ConcernView:
        """Say which earlier concern this one repeats; None for none. Raises NotFound, Refused."""
        with self._desk.transaction() as session:
            concern = find(session, Concern, concern_id)
            if earlier_id is not None:
                fault = repeat_fault(_values(concern), _values(find(session, Concern, earlier_id)))
                if fault or earlier_id == concern_id:
                    what = fault or message("A concern cannot repeat itself.")
                    raise Refused(Code.BAD_VALUE, what, field="repeat_of_id")
            change(self._desk, session, concern, {"repeat_of_id": earlier_id})
            return self._view(session, concern)

    def earlier(self, concern_id: str) -> dict[str, str]:
        """The concerns that this one may repeat, those of its themes first, then the newest: what
        they are called, by id."""
        with self._desk.reading() as session:
            concern = find(session, Concern, concern_id)
            found = session.scalars(
                select(Concern)
                .where(
                    Concern.setting_id == concern.setting_id,
                    Concern.id != concern.id,
                    Concern.deleted.is_(False),
                )
                .order_by(Concern.received_at.desc(), Concern.id)
            )
            fit = [one for one in found if repeat_fault(_values(concern), _values(one)) is None]
            themes = set(themes_of(concern.themes))
            fit.sort(key=lambda one: not themes & set(themes_of(one.themes)))
            return {one.id: _called(one) for one in fit}

    def actions(self, concern_id: str) -> dict[str, str]:
        """The actions of the setting that may answer a concern: what they are called, by id."""
        with self._desk.reading() as session:
            concern = find(session, Concern, concern_id)
            mine = (
                Action.setting_id == concern.setting_id,
                Action.status != ActionStatus.WITHDRAWN.value,
            )
            found = action_views(session, self._desk.today(), *mine)
        return {
            one.id: translate(
                "{action}, {state}",
                action=one.title,
                state=choice_word(ActionStatus, one.status).lower(),
            )
            for one in found
        }

    def _view(self, session: Session, concern: Concern) -> ConcernView:
        return concern_view(session, concern, self._desk.policy(session), self._desk.clock())


def _link(session: Session, concern: Concern, action_id: str, text: str) -> None:
    check_texts(ConcernUpdate, {"text": text})
    session.add(
        ConcernUpdate(
            setting_id=concern.setting_id,
            concern_id=concern.id,
            kind=UpdateKind.ACTION,
            text=text,
            action_id=action_id,
        )
    )
    session.flush()


def _values(concern: Concern) -> dict[str, object]:
    names = ("setting_id", "received_at", "restricted_to")
    return {name: getattr(concern, name) for name in names}


def _called(concern: Concern) -> str:
    day = short_day(concern.received_at.astimezone().date())
    return translate("{concern}, {day}", concern=concern.title, day=day)
