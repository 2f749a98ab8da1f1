"""How a concern is found by its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.language import translate
from visitapp.records import Concern, Setting
from visitapp.rules.concerns.states import ConcernKind, ConcernStatus
from visitapp.services.finding.sources import FindSource, Found
from visitapp.vocabulary import choice_word

_CONCERNS = (
    select(Concern.id, Concern.title, Concern.reference, Setting.name)
    .join(Setting, Setting.id == Concern.setting_id)
    .where(Concern.deleted.is_(False))
)


def _words(session: Session) -> Iterator[tuple[str, str]]:
    is_closed = Concern.status == ConcernStatus.CLOSED
    query = _CONCERNS.add_columns(Concern.person).order_by(is_closed, Concern.received_at.desc())
    for id_, title, reference, setting, person in session.execute(query):
        yield id_, f"{title} {reference} {person or ''} {setting}"


def _shown(session: Session, ids: Sequence[str]) -> Iterator[Found]:
    query = _CONCERNS.add_columns(Concern.kind, Concern.status, Concern.restricted_to)
    for id_, title, reference, setting, kind, status, restricted in session.execute(
        query.where(Concern.id.in_(ids))
    ):
        limited = translate("Restricted") if restricted is not None else ""
        words = (choice_word(ConcernKind, kind), choice_word(ConcernStatus, status))
        yield Found("concern", id_, title, (setting, reference, *words, limited))


CONCERNS = FindSource(Concern, _words, _shown)
