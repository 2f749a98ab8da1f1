"""Conflicts: seen in words, settled by a person, with nothing dropped."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import signed_off_visit
from tests.support.desk.positions import meet
from visitapp.errors import Code, NotFound, Refused
from visitapp.records import Action, Answer, Conflict, Outbox, Role, Step, ids, new_id
from visitapp.services.services import Services
from visitapp.services.views.decided.decisions import Given
from visitapp.storage.state import LocalStates

ELSEWHERE = "another-device"
DUE = date(2026, 11, 28)


def clash(services: Services, record: Any, field: str, server: Any, other: Any, **by: str) -> str:
    """A conflict as a sync brings it; `by` may name server_by, other_by and other_device."""
    with services.desk.database.applying() as session:
        conflict = Conflict(
            id=ids.conflict_id(record.__tablename__, record.id, field, 7, ELSEWHERE),
            setting_id=record.setting_id,
            kind=record.__tablename__,
            record_id=record.id,
            field=field,
            server_value=server,
            server_by=by.get("server_by", new_id()),
            server_at=services.desk.clock(),
            other_value=other,
            other_by=by.get("other_by", new_id()),
            other_at=services.desk.clock(),
            other_device=by.get("other_device", ELSEWHERE),
            created_at=services.desk.clock(),
            created_by="server",
        )
        session.add(conflict)
        return conflict.id


@pytest.fixture
def action(services: Services, visit_id: str) -> Action:
    found = services.actions.add(visit_id, None, "Night staffing", DUE).id
    with services.desk.reading() as session:
        return session.get_one(Action, found)


def due_on(services: Services, action: Action) -> date:
    (found,) = [one for one in services.actions.list() if one.id == action.id]
    return found.due_on


def test_a_conflict_reads_as_an_officer_would_say_it(services: Services, action: Action) -> None:
    clash(services, action, "due_on", "2026-11-28", "2026-12-12", other_by=services.me().id)
    (conflict,) = services.conflicts.list()
    assert conflict.about == "Action “Night staffing”, due date"
    assert (conflict.server_text, conflict.other_text) == ("28 Nov 2026", "12 Dec 2026")
    assert (conflict.setting, conflict.visit_id) == ("Heather Bank", action.visit_id)
    assert (conflict.other_by, conflict.mine) == (services.me().title, "other")


def test_an_answer_reads_by_its_number_and_label(services: Services, visit_id: str) -> None:
    services.visits.answer(visit_id, "referrals", value="met")
    with services.desk.reading() as session:
        answer = session.query(Answer).one()
    clash(services, answer, "value", "met", "not_met")
    (conflict,) = services.conflicts.list()
    number = services.visits.form(visit_id).questions["referrals"].number
    assert conflict.about == f"Question {number}, answer"
    assert (conflict.server_text, conflict.other_text) == ("Met", "Not met")


@pytest.mark.parametrize(
    ("mine", "keep", "stands"),
    [
        ("other", "mine", date(2026, 12, 12)),
        ("other", "theirs", DUE),
        ("server", "mine", DUE),
        ("server", "theirs", date(2026, 12, 12)),
        ("", "other", date(2026, 12, 12)),
        ("", "server", DUE),
    ],
)
def test_the_value_that_was_chosen_stands(
    services: Services, action: Action, mine: str, keep: str, stands: date
) -> None:
    by = {f"{mine}_by": services.me().id} if mine else {}
    conflict = clash(services, action, "due_on", "2026-11-28", "2026-12-12", **by)
    settled = services.conflicts.settle(conflict, keep)
    assert settled.status == "settled"
    assert due_on(services, action) == stands
    assert services.conflicts.list() == []
    assert [one.id for one in services.conflicts.list(open_only=False)] == [conflict]


def test_what_was_typed_on_this_device_is_mine_whoever_is_signed_in(
    services: Services, action: Action
) -> None:
    with services.desk.reading() as session:
        here = LocalStates().get(session, "device_id")
    clash(services, action, "due_on", "2026-11-28", "2026-12-12", other_device=here)
    assert services.conflicts.list()[0].mine == "other"


def test_mine_is_refused_when_neither_value_is(services: Services, action: Action) -> None:
    conflict = clash(services, action, "due_on", "2026-11-28", "2026-12-12")
    for keep in ("mine", "theirs"):
        with pytest.raises(Refused, match="server or other"):
            services.conflicts.settle(conflict, keep)
    assert len(services.conflicts.list()) == 1


def test_the_decision_and_the_value_wait_to_be_sent(services: Services, action: Action) -> None:
    conflict = clash(services, action, "due_on", "2026-11-28", "2026-12-12")
    services.conflicts.settle(conflict, "other")
    with services.desk.reading() as session:
        assert session.query(Outbox).filter_by(record_id=conflict).all() == []
        steps = {step.kind: step for step in session.query(Step)}
        assert steps["conflict"].fields == {"kept": "other"}
        kept = session.get_one(Conflict, conflict)
        assert (kept.kept, kept.settled_by) == ("other", services.me().id)
        assert (kept.server_value, kept.other_value) == ("2026-11-28", "2026-12-12")


def test_a_settled_conflict_stays_settled(services: Services, action: Action) -> None:
    conflict = clash(services, action, "due_on", "2026-11-28", "2026-12-12")
    services.conflicts.settle(conflict, "server")
    with pytest.raises(Refused) as refused:
        services.conflicts.settle(conflict, "other")
    assert refused.value.code == Code.ALREADY_SETTLED
    assert due_on(services, action) == DUE


def test_a_frozen_visits_answer_keeps_the_servers_value(
    services: Services, homes: list[str]
) -> None:
    signed_off_visit(services, homes[0])
    with services.desk.reading() as session:
        answer = session.query(Answer).filter_by(question="referrals").one()
    conflict = clash(services, answer, "value", "met", "not_met")
    with pytest.raises(Refused) as refused:
        services.conflicts.settle(conflict, "other")
    assert refused.value.code == Code.VISIT_FROZEN
    assert services.conflicts.settle(conflict, "server").status == "settled"


def test_unknown_conflicts_and_sides_are_refused(services: Services, action: Action) -> None:
    conflict = clash(services, action, "due_on", "2026-11-28", "2026-12-12")
    with pytest.raises(NotFound):
        services.conflicts.settle("nowhere", "mine")
    with pytest.raises(Refused, match="not mine, theirs, server or other"):
        services.conflicts.settle(conflict, "both")


def test_decisions_on_placements_that_met_are_settled_by_a_decision(
    services: Services, homes: list[str]
) -> None:
    bring(services, lee=Role.LEAD, mia=Role.MANAGER)
    open_, conditional = meet(services, homes[0], services.me().id, "lee")
    (met,) = services.conflicts.list()
    assert (met.id, met.record_id, met.by_decision, met.mine) == (open_, conditional, True, "other")
    assert (met.server_text, met.other_text) == (
        "Open, with a condition: No nursing",
        "Open",
    )
    assert (met.server_by, met.setting_id) == ("Lee Doe", homes[0])
    assert services.connection.state().open_conflicts == 1
    with pytest.raises(Refused, match="A new decision settles them"):
        services.conflicts.settle(open_, "server")
    become(services, "mia")
    assert [(one.kind, one.id) for one in services.decisions.waiting().mine] == [
        ("position", homes[0])
    ]
    services.decisions.decide("position", homes[0], "open", Given(reason="Seen by both"))
    assert services.conflicts.list() == []
    assert services.connection.state().open_conflicts == 0
