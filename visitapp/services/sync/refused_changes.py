"""What the server refused, in words: which record, what is here, and what the server has."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.model import Form
from visitapp.explanation import kept_text
from visitapp.records import KINDS, Outbox, Setting, Visit
from visitapp.records.codec import field_to_wire
from visitapp.services.sync.describe import RecordWords
from visitapp.services.views.sync import RefusedChange
from visitapp.storage.outbox import AGAIN
from visitapp.vocabulary import field_word


def refused_rows(session: Session) -> list[Outbox]:
    """The refused changes, the oldest first."""
    query = select(Outbox).where(Outbox.refused_code.is_not(None)).order_by(Outbox.sequence)
    return list(session.scalars(query))


def refused_changes(session: Session, form_of: Callable[[Visit], Form]) -> list[RefusedChange]:
    """The same for reading."""
    return [_told(session, form_of, row) for row in refused_rows(session)]


def _told(session: Session, form_of: Callable[[Visit], Form], row: Outbox) -> RefusedChange:
    kind = KINDS[row.kind]
    record = session.get(kind, row.record_id)
    words = RecordWords(session, form_of, row.kind, record)
    setting = session.get(Setting, row.setting_id) if row.setting_id else None
    fields = {name: mark for name, mark in row.fields.items() if name != AGAIN}
    ours = {name: field_to_wire(kind, name, getattr(record, name, None)) for name in fields}
    return RefusedChange(
        kind=row.kind,
        id=row.record_id,
        code=row.refused_code or "",
        text=kept_text(row.refused_explanation, row.refused_text or ""),
        about=" \u00b7 ".join([setting.name, words.subject()] if setting else [words.subject()]),
        ours="; ".join(_field(words, name, value) for name, value in ours.items()),
        theirs="; ".join(_field(words, name, mark["old"]) for name, mark in fields.items()),
    )


def _field(words: RecordWords, name: str, value: object) -> str:
    return f"{field_word(name)}: {words.value(name, value)}"
