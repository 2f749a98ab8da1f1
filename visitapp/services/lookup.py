"""Find a record or say that it is not there; check texts against the columns they go into."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import String, select
from sqlalchemy.orm import Session

from forms.model import Form
from visitapp.errors import Code, NotFound, Refused
from visitapp.language import Message, message
from visitapp.records import Setting, Synced, User, Visit
from visitapp.records.codec import columns
from visitapp.rules.market_choices import SettingStatus
from visitapp.rules.text import LONGEST_NOTE, text_fault
from visitapp.rules.visit_life import is_frozen
from visitapp.vocabulary import choice_message, field_message, kind_message

Record = TypeVar("Record", bound=Synced)


def find(session: Session, kind: type[Record], record_id: str) -> Record:
    """The record with this id. Raises NotFound when there is none, or it was deleted."""
    record = session.get(kind, record_id)
    if record is None or record.deleted:
        raise NotFound(
            message(
                "There is no {kind} with the id {id} on this device.",
                kind=kind_message(kind),
                id=record_id,
            )
        )
    return record


def find_user(session: Session, name: str) -> User:
    """The user with this sign-in name. Raises NotFound."""
    found = session.scalar(select(User).where(User.name == name, User.deleted.is_(False)))
    if found is None:
        raise NotFound(message("There is no user {name} on this device.", name=name))
    return found


def find_open_setting(session: Session, setting_id: str) -> Setting:
    """A setting where something new may start. Raises NotFound, or Refused for one that is closed
    or merged."""
    setting = find(session, Setting, setting_id)
    if setting.status != SettingStatus.OPEN:
        raise Refused(
            Code.NOT_ALLOWED,
            message(
                "{setting} is {state}, so nothing new starts there.",
                setting=setting.name,
                state=choice_message(SettingStatus, setting.status),
            ),
            message("Ask a team lead to reopen it."),
        )
    return setting


def find_open_visit(session: Session, visit_id: str) -> Visit:
    """A visit that may still be changed. Raises NotFound, or Refused(VISIT_FROZEN)."""
    visit = find(session, Visit, visit_id)
    if is_frozen(visit.status):
        raise Refused(
            Code.VISIT_FROZEN,
            message("This visit is signed off and can no longer be changed."),
            message("Ask the team lead to return it."),
        )
    return visit


def titles(session: Session, user_ids: Iterable[str | None]) -> dict[str, str]:
    """How screens name these users. Users this device was not told about are missing."""
    wanted = {user_id for user_id in user_ids if user_id}
    if not wanted:
        return {}
    rows = session.execute(select(User.id, User.title, User.name).where(User.id.in_(wanted)))
    return {user_id: title or name for user_id, title, name in rows}


def check_texts(kind: type[Synced], values: dict[str, str]) -> None:
    """Refuse (BAD_VALUE) a text that its column cannot hold on every database."""
    for field, text in values.items():
        column = columns(kind)[field]
        fits, type_ = column.info.get("fault"), column.type
        length = type_.length if isinstance(type_, String) and type_.length else LONGEST_NOTE
        fault = text_fault(text, length, field_message(field)) or (fits(text) if fits else None)
        if fault:
            raise Refused(Code.BAD_VALUE, fault, field=field)


def check_question(form: Form, question: str) -> None:
    """Refuse a question that is not on the form."""
    if question not in form.questions:
        raise Refused(Code.BAD_VALUE, no_question(form, question))


def no_question(form: Form, question: str) -> Message:
    """What is said of a question that is not on the form."""
    return message("The form {form} has no question “{question}”.", form=form.id, question=question)
