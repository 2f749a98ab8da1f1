"""A conflict in words: what it is about, who wrote which value, and which is the reader's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Date
from sqlalchemy.orm import Session

from forms.model import Form, Question
from visitapp.errors import Refused
from visitapp.records import KINDS, Action, Answer, Conflict, Evidence, Setting, Synced, Visit
from visitapp.records.base import Instant
from visitapp.records.codec import columns, field_from_wire
from visitapp.services.lookup import titles
from visitapp.services.sync_views import ConflictView
from visitapp.services.wording import PURPOSES, answer_text, long_date

_FIELDS = {
    "due_on": "due date",
    "value": "answer",
    "met": "number met",
    "checked": "number checked",
    "joined_by": "who came along",
    "visited_on": "date of the visit",
    "officer_id": "officer",
    "name": "name",
}


def whose(conflict: Conflict, user_id: str, device_id: str) -> str:
    """Which side is the user's own: `other`, `server`, or empty for neither."""
    if conflict.other_device == device_id or conflict.other_by == user_id:
        return "other"
    return "server" if conflict.server_by == user_id else ""


def conflict_view(
    session: Session, form_of: Callable[[Visit], Form], conflict: Conflict, mine: str
) -> ConflictView:
    """The conflict for reading."""
    record = session.get(KINDS[conflict.kind], conflict.record_id)
    setting = session.get(Setting, conflict.setting_id) if conflict.setting_id else None
    names = titles(session, [conflict.server_by, conflict.other_by])
    words = _Words(session, form_of, conflict, record)
    return ConflictView(
        id=conflict.id,
        setting_id=conflict.setting_id,
        setting=setting.name if setting else "",
        visit_id=_visit_id(record),
        kind=conflict.kind,
        record_id=conflict.record_id,
        field=conflict.field,
        about=f"{words.subject()}, {_FIELDS.get(conflict.field, conflict.field.replace('_', ' '))}",
        server_value=conflict.server_value,
        server_text=words.value(conflict.server_value),
        server_by=names.get(conflict.server_by or "", ""),
        server_at=conflict.server_at,
        other_value=conflict.other_value,
        other_text=words.value(conflict.other_value),
        other_by=names.get(conflict.other_by, ""),
        other_at=conflict.other_at,
        mine=mine,
        status=conflict.status,
    )


class _Words:
    """The words for one conflict's record and values."""

    def __init__(
        self,
        session: Session,
        form_of: Callable[[Visit], Form],
        conflict: Conflict,
        record: Synced | None,
    ) -> None:
        self._session = session
        self._form_of = form_of
        self._conflict = conflict
        self._record = record

    def subject(self) -> str:
        """Which record, as an officer would say it."""
        match self._record:
            case Action(title=title):
                return f"Action “{title}”"
            case Answer(question=question) as answer:
                found = self._question(answer)
                return f"Question {found.number}" if found else f"Question {question}"
            case Visit(visited_on=day, purpose=purpose):
                return f"{PURPOSES.get(purpose, 'Visit')} of {long_date(day)}"
            case Evidence(title=title):
                return f"Evidence “{title}”"
            case Setting(name=name):
                return name
        return self._conflict.kind.replace("_", " ").capitalize()

    def value(self, wire: Any) -> str:
        """A value as it would be read on the record's page."""
        if wire is None or wire == "":
            return "nothing"
        kind, field = KINDS[self._conflict.kind], self._conflict.field
        column = columns(kind)[field]
        if column.info.get("user"):
            return titles(self._session, [wire]).get(wire, "someone else")
        if isinstance(column.type, Date):
            return long_date(field_from_wire(kind, field, wire))
        if isinstance(column.type, Instant):
            moment: datetime = field_from_wire(kind, field, wire)
            return moment.astimezone().strftime("%H:%M, ") + long_date(moment.astimezone().date())
        if isinstance(self._record, Answer) and field == "value":
            question = self._question(self._record)
            return answer_text(question, {"value": wire}) if question else str(wire)
        if isinstance(wire, bool):
            return "yes" if wire else "no"
        return str(wire).replace("_", " ") if field in {"status", "priority"} else str(wire)

    def _question(self, answer: Answer) -> Question | None:
        visit = self._session.get(Visit, answer.visit_id)
        if visit is None:
            return None
        try:
            form = self._form_of(visit)
        except Refused:
            return None
        return form.questions.get(answer.question)


def _visit_id(record: Synced | None) -> str | None:
    if isinstance(record, Visit):
        return record.id
    return record.visit_id if isinstance(record, Answer | Action | Evidence) else None
