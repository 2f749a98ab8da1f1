"""A batch that is taken change by change makes the notices of the whole batch, no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, select

from tests.support.sync.council import DAY, Council
from visitapp.records import Action, AuditEntry, Notice, NoticeEvent, Rating

FAIR = {"plans": "met", "calls": "partly"}
POOR = {"plans": "not_met", "calls": "not_met"}
TOLD_OF_CLOSING = {"brokerage", "social_work", "health", "safeguarding", "placing_councils"}

pytestmark = pytest.mark.change_by_change


@contextmanager
def stumbling(council: Council, at: str) -> Iterator[None]:
    """The server cannot give an action this title, so it takes batches change by change."""

    def stumble(_: Connection, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.startswith("UPDATE action") and at in str(parameters):
            raise RuntimeError("made up")

    event.listen(council.database.engine, "before_cursor_execute", stumble)
    yield
    event.remove(council.database.engine, "before_cursor_execute", stumble)


def test_three_late_visits_tell_each_audience_once(any_council: Council) -> None:
    ann = any_council.officer("ann")
    setting = ann.setting()
    action = ann.action(setting)
    ann.sync()
    for days, answers in ((9, POOR), (8, FAIR), (7, POOR)):
        visit = ann.visit(setting, on=DAY - timedelta(days=days), **answers)
        ann.sign_off(visit, any_council.library)
    ann.edit(Action, action, title="odd")
    with stumbling(any_council, "odd"):
        assert len(ann.sync().refused) == 1
    assert len(any_council.all(Rating)) == 3
    assert any_council.get(Action, action).title != "odd"
    made = any_council.all(Notice)
    assert len(made) == len(TOLD_OF_CLOSING)
    assert {notice.audience for notice in made} == TOLD_OF_CLOSING
    assert {notice.event for notice in made} == {NoticeEvent.POSITION_CLOSED}
    assert all("Not rated to Red" in n.text for n in made if n.audience == "brokerage")
    with any_council.database.reading() as session:
        told = session.scalars(select(AuditEntry.detail).where(AuditEntry.what == "notice_made"))
        assert len(told.all()) == 1


def test_what_ends_where_it_began_tells_nobody(any_council: Council) -> None:
    ann = any_council.officer("ann")
    setting = ann.setting()
    action = ann.action(setting)
    first = ann.visit(setting, on=DAY - timedelta(days=20), **POOR)
    ann.sign_off(first, any_council.library)
    assert ann.sync().refused == []
    before = len(any_council.all(Notice))
    ann.sign_off(ann.visit(setting, on=DAY - timedelta(days=9), **POOR), any_council.library)
    ann.edit(Action, action, title="odd")
    with stumbling(any_council, "odd"):
        assert len(ann.sync().refused) == 1
    assert len(any_council.all(Rating)) == 2
    assert len(any_council.all(Notice)) == before
