"""How a visit is found by its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.records import Setting, Visit, VisitStatus
from visitapp.services.finding.sources import FindSource, Found
from visitapp.standing.visits import is_visit
from visitapp.vocabulary import choice_word, visit_word

_VISITS = (
    select(Visit.id, Setting.name, Visit.purpose, Visit.visited_on, Visit.status)
    .join(Setting, Setting.id == Visit.setting_id)
    .where(Visit.deleted.is_(False), is_visit(Visit))
)


def _words(session: Session) -> Iterator[tuple[str, str]]:
    newest_first = _VISITS.order_by(Visit.visited_on.desc(), Visit.id)
    for id_, setting, purpose, day, _status in session.execute(newest_first):
        yield id_, f"{setting} {visit_word(purpose)} {short_day(day)}"


def _shown(session: Session, ids: Sequence[str]) -> Iterator[Found]:
    for id_, setting, purpose, day, status in session.execute(_VISITS.where(Visit.id.in_(ids))):
        details = (visit_word(purpose), short_day(day), choice_word(VisitStatus, status))
        yield Found("visit", id_, setting, details)


VISITS = FindSource(Visit, _words, _shown)
