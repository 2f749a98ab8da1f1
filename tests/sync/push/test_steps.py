"""Steps of actions: several offline, two people apart, what is refused, and what comes back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sync.wire import Create, Update
from tests.support.rows import rows
from tests.support.sync.council import Council, Device
from tests.support.sync.pushes import push, update
from tests.support.sync.wire_values import to_wire
from visitapp.errors import Code, Refused
from visitapp.explanation import explanation_of
from visitapp.records import Action, Conflict, Step, new_id
from visitapp.records.changes.steps import derived_after, taken
from visitapp.records.declared import derived_fields, sent_fields
from visitapp.rules.action_life import ACTION

VERIFIED = {"fields": {"how": "visit", "note": "Bells tried"}}


class Pair:
    """An officer and the lead of the same team, with an action that both have."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.lee = council.officer("ann"), council.lead("lee")
        self.home = self.ann.setting()
        self.action = self.ann.action(self.home)
        self.meet()

    def meet(self) -> None:
        """Everybody syncs until nothing is new, and all hold the same actions and steps."""
        for _ in range(2):
            for device in (self.ann, self.lee):
                device.sync()
        for kind in (Action, Step, Conflict):
            at_server = [(row.id, row.revision, to_wire(row)) for row in self.council.all(kind)]
            for device in (self.ann, self.lee):
                here = [(row.id, row.revision, to_wire(row)) for row in device.all(kind)]
                assert sorted(here) == sorted(at_server), kind

    def status(self) -> str:
        """The state at the server, which is that of its accepted steps one after the other."""
        action = self.council.get(Action, self.action)
        assert ACTION.derived is not None
        values = ACTION.derived.begin({"first_due_on": action.first_due_on})
        steps = [s for s in self.council.all(Step) if s.record_id == self.action and s.accepted]
        for step in sorted(steps, key=lambda step: step.revision):
            row = {column.name: getattr(step, column.name) for column in step.__table__.columns}
            values = derived_after(Action, values, taken(Action, row))
        assert {name: getattr(action, name) for name in derived_fields(Action)} == values
        return str(action.status)


@pytest.fixture
def pair(any_council: Council) -> Pair:
    return Pair(any_council)


def test_several_steps_taken_offline_arrive_as_they_were(pair: Pair) -> None:
    pair.ann.step(pair.action, "in_progress")
    pair.ann.step(pair.action, "done")
    pair.ann.step(pair.action, "verified", **VERIFIED)
    pair.ann.step(pair.action, "reopened", reason="One bell is dead")
    pair.meet()
    assert pair.status() == "reopened"
    assert [step.after for step in pair.lee.all(Step)] == [
        *("in_progress", "done", "verified", "reopened")
    ]
    assert pair.lee.get(Action, pair.action).reopened_count == 1


def test_an_action_made_and_moved_before_its_first_sync(pair: Pair) -> None:
    later = date(2027, 1, 4)
    pair.action = pair.ann.action(pair.home)
    pair.ann.step(pair.action, "open", reason="Parts", fields={"due_on": later})
    pair.ann.step(pair.action, "done")
    pair.meet()
    assert pair.status() == "done"
    action = pair.lee.get(Action, pair.action)
    assert (action.due_on, action.first_due_on, action.moved_count) == (
        *(later, date(2026, 12, 1)),
        1,
    )


def test_a_step_from_a_state_that_has_passed_is_a_conflict(pair: Pair) -> None:
    pair.lee.step(pair.action, "withdrawn", reason="Asked for twice")
    pair.lee.sync()
    pair.ann.step(pair.action, "done")
    pair.ann.step(pair.action, "verified", **VERIFIED)
    result = pair.ann.sync()
    assert result.conflicts == 2
    pair.meet()
    assert pair.status() == "withdrawn"
    assert [step.accepted for step in pair.ann.all(Step)] == [True, False, False]
    found = {(c.field, c.server_value, c.other_value) for c in pair.lee.all(Conflict)}
    assert found == {("status", "withdrawn", "done"), ("status", "withdrawn", "verified")}
    assert {c.step_id for c in pair.lee.all(Conflict)} == {
        step.id for step in pair.lee.all(Step) if not step.accepted
    }


def test_a_date_that_two_people_moved_is_a_conflict_over_the_date(pair: Pair) -> None:
    first = date(2026, 12, 1)
    for device, days in ((pair.lee, 10), (pair.ann, 20)):
        fields = {"due_on": first + timedelta(days=days)}
        device.step(pair.action, "open", reason="Parts", fields=fields)
        device.sync()
    pair.meet()
    (conflict,) = pair.ann.all(Conflict)
    assert (conflict.field, conflict.server_value, conflict.other_value) == (
        *("due_on", "2026-12-11"),
        "2026-12-21",
    )
    assert pair.council.get(Action, pair.action).moved_count == 1


def test_fields_and_steps_merge(pair: Pair) -> None:
    pair.lee.edit(Action, pair.action, title="Mend all call bells")
    pair.lee.sync()
    pair.ann.step(pair.action, "done")
    pair.ann.edit(Action, pair.action, owner="Manager")
    assert pair.ann.sync().conflicts == 0
    pair.meet()
    action = pair.lee.get(Action, pair.action)
    assert (action.title, action.owner, action.status) == ("Mend all call bells", "Manager", "done")


def test_steps_that_wait_survive_a_pull(pair: Pair) -> None:
    pair.lee.edit(Action, pair.action, title="Mend all call bells")
    pair.lee.step(pair.action, "in_progress")
    pair.lee.sync()
    pair.ann.step(pair.action, "in_progress")
    pair.ann.step(pair.action, "done")
    pair.ann.sync()
    pair.meet()
    # Lee's step was the first from open; Ann's second starts where Lee's ended.
    assert pair.status() == "done"
    assert [step.accepted for step in sorted(pair.lee.all(Step), key=lambda s: s.revision)] == [
        *(True, False, True)
    ]


def step_of(device: Device, action: Action, **values: Any) -> Create:
    given = {
        "setting_id": action.setting_id,
        "kind": "action",
        "record_id": action.id,
        "before": "open",
        "after": "done",
        "day": "2026-11-22",
        "created_at": "2026-11-22T09:00:00Z",
        "created_by": device.user_id,
    }
    return Create(kind="step", id=new_id(), at="2026-11-22T09:00:00Z", values={**given, **values})


@rows(
    ("values", "code", "sentence"),
    [
        ({"after": "reopened", "reason": "x"}, Code.STEP_REFUSED, "is open and cannot become"),
        ({"after": "verified"}, Code.STEP_REFUSED, "Say how the action was verified"),
        ({"after": "withdrawn"}, Code.STEP_REFUSED, "Give a reason"),
        ({"day": None}, Code.STEP_REFUSED, "Give the date"),
        ({"after": "lost"}, Code.STEP_REFUSED, "cannot become lost"),
        ({"fields": {"title": "x"}}, Code.STEP_REFUSED, "its field cannot hold"),
        ({"fields": {"due_on": "soon"}}, Code.BAD_VALUE, "its field cannot hold"),
        ({"fields": ["due_on"]}, Code.BAD_VALUE, "its field cannot hold"),
        ({"accepted": True}, Code.BAD_VALUE, "works out the field “accepted”"),
        ({"kind": "answer"}, Code.BAD_VALUE, "have no steps"),
        ({"kind": "token"}, Code.BAD_VALUE, "have no steps"),
        ({"record_id": "nowhere"}, Code.NOT_FOUND, "not on the server"),
        ({"created_by": "somebody else"}, Code.NOT_ALLOWED, "must name you"),
    ],
)
def test_a_step_that_cannot_be_is_refused_and_moves_nothing(
    pair: Pair, values: dict[str, Any], code: Code, sentence: str
) -> None:
    (result,) = push(pair.ann, step_of(pair.ann, pair.ann.get(Action, pair.action), **values))
    assert (result.status, result.code) == ("refused", code)
    assert sentence in result.text
    assert pair.status() == "open"
    assert pair.council.all(Step) == []


@rows("field", sorted(derived_fields(Action)))
def test_no_device_sends_a_derived_field(pair: Pair, field: str) -> None:
    before = to_wire(pair.council.get(Action, pair.action))
    (result,) = push(pair.ann, update("action", pair.action, **{field: before.get(field)}))
    assert (result.status, result.code) == ("refused", Code.BAD_VALUE)
    assert to_wire(pair.council.get(Action, pair.action)) == before
    assert field not in sent_fields(Action)


def test_a_step_at_a_setting_of_somebody_else_is_refused(pair: Pair) -> None:
    ben = pair.council.officer("ben", "West")
    (result,) = push(ben, step_of(ben, pair.ann.get(Action, pair.action)))
    assert (result.status, result.code) == ("refused", Code.OUT_OF_SCOPE)
    assert pair.status() == "open"


def test_desk_and_server_refuse_in_the_same_words(pair: Pair) -> None:
    with pytest.raises(Refused) as at_desk:
        pair.ann.step(pair.action, "withdrawn")
    action = pair.ann.get(Action, pair.action)
    (at_server,) = push(pair.ann, step_of(pair.ann, action, after="withdrawn"))
    assert (at_server.code, at_server.text) == (at_desk.value.code, str(at_desk.value))
    assert at_server.explanation == explanation_of(at_desk.value)


def test_a_step_is_never_changed(pair: Pair) -> None:
    step = pair.ann.step(pair.action, "done")
    pair.ann.sync()
    (result,) = push(pair.ann, update("step", step, reason="Another"))
    assert isinstance(update("step", step, reason="Another"), Update)
    assert (result.status, result.code) == ("refused", Code.NOT_ALLOWED)
