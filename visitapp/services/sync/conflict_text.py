"""A conflict in words: what it is about, who wrote which value, and which is the reader's."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from forms.model import Form
from visitapp.records import KINDS, Action, Answer, Conflict, Evidence, Setting, Synced, Visit
from visitapp.services.lookup import titles
from visitapp.services.sync.describe import RecordWords
from visitapp.services.views.sync import ConflictView
from visitapp.vocabulary import field_word


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
    words = RecordWords(session, form_of, conflict.kind, record)
    return ConflictView(
        id=conflict.id,
        setting_id=conflict.setting_id,
        setting=setting.name if setting else "",
        visit_id=_visit_id(record),
        kind=conflict.kind,
        record_id=conflict.record_id,
        field=conflict.field,
        about=f"{words.subject()}, {field_word(conflict.field)}",
        server_value=conflict.server_value,
        server_text=words.value(conflict.field, conflict.server_value),
        server_by=names.get(conflict.server_by or "", ""),
        server_at=conflict.server_at,
        other_value=conflict.other_value,
        other_text=words.value(conflict.field, conflict.other_value),
        other_by=names.get(conflict.other_by, ""),
        other_at=conflict.other_at,
        mine=mine,
        status=conflict.status,
    )


def _visit_id(record: Synced | None) -> str | None:
    if isinstance(record, Visit):
        return record.id
    return record.visit_id if isinstance(record, Answer | Action | Evidence) else None
