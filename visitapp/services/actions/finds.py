"""How an action is found by its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Action, Setting
from visitapp.rules.action_life import OPEN_STATUSES
from visitapp.rules.choices import ActionStatus
from visitapp.services.finding.sources import FindSource, Found
from visitapp.vocabulary import choice_word

_ACTIONS = (
    select(Action.id, Action.title, Setting.name)
    .join(Setting, Setting.id == Action.setting_id)
    .where(Action.deleted.is_(False))
)


def _words(session: Session) -> Iterator[tuple[str, str]]:
    # Two queries: to sort the many that are done costs more than to read them.
    is_open = Action.status.in_(OPEN_STATUSES)
    for query in (_ACTIONS.where(is_open).order_by(Action.due_on), _ACTIONS.where(~is_open)):
        for id_, title, setting in session.execute(query):
            yield id_, f"{title} {setting}"


def _shown(session: Session, ids: Sequence[str]) -> Iterator[Found]:
    query = _ACTIONS.add_columns(Action.due_on, Action.status).where(Action.id.in_(ids))
    for id_, title, setting, due_on, status in session.execute(query):
        due = translate("due {day}", day=short_day(due_on)) if status in OPEN_STATUSES else ""
        yield Found("action", id_, title, (setting, choice_word(ActionStatus, status), due))


ACTIONS = FindSource(Action, _words, _shown)
