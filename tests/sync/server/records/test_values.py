"""A value that no database or device could hold refuses its own change, never its batch."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, event

from sync.server.records.values import LARGEST_JSON
from sync.wire import PROTOCOL, Batch, Change, Create, Creates, Result, Round
from tests.support.rows import rows
from tests.support.sync.council import Council, Device
from visitapp.errors import Code
from visitapp.records import Action, Setting, new_id
from visitapp.records.ids import answer_id
from visitapp.rules.text import LONGEST_NOTE

AT = "2026-11-22T09:00:00.000000Z"


@pytest.fixture
def ann(any_council: Council) -> Device:
    ann = any_council.officer("ann")
    ann.setting()
    ann.sync()
    return ann


def push(ann: Device, *changes: Change) -> list[Result]:
    """Send changes past the engine; the result of each record."""
    round_ = Round(protocol=PROTOCOL, batch=Batch(id=new_id(), changes=list(changes)))
    reply = ann.transport.sync(msgspec.json.encode(round_), ann.state("access_token"))
    return [result for result in reply.results for _ in range(result.count)]


def action(ann: Device, id_: str | None = None, at: str = AT, **values: Any) -> Create:
    given = {
        "created_at": AT,
        "created_by": ann.user_id,
        "setting_id": ann.all(Setting)[0].id,
        "title": "Mend it",
        "first_due_on": date(2026, 12, 1),
        **values,
    }
    return Create(kind="action", id=id_ or new_id(), at=at, values=given)


def in_group(*changes: Create) -> Creates:
    """The same new records, column by column."""
    names = {name for change in changes for name in change.values}
    fields = {
        name: msgspec.Raw(msgspec.json.encode([change.values.get(name) for change in changes]))
        for name in names
    }
    return Creates(
        kind=changes[0].kind,
        ids=[change.id for change in changes],
        at=[change.at for change in changes],
        fields=fields,
    )


EDGES = ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00.000000Z", "1899-12-31T23:59:59.999999Z"]
EDGES += ["9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59.000000Z", "2200-01-01T00:00:00.000000Z"]
BAD = [
    *({"at": moment} for moment in EDGES),
    *({"created_at": moment} for moment in EDGES),
    {"id_": "x"},
    {"id_": "../../etc/passwd"},
    {"id_": "019AC0DE-0000-7000-8000-000000000000"},
    {"id_": "019ac0de-0000-7000-8000-00000000000\n"},
    {"title": "a\0b"},
    {"detail": "a\0b"},
    {"detail": "x" * (LONGEST_NOTE + 1)},
    {"detail": "x" * 3_000_000},
]


@rows("bad", BAD)
def test_one_bad_value_refuses_one_change(
    any_council: Council, ann: Device, bad: dict[str, Any]
) -> None:
    there = {row.id for row in any_council.all(Action)}
    before, after = action(ann), action(ann)
    results = push(ann, before, action(ann, **bad), after)
    assert [result.status for result in results] == ["accepted", "refused", "accepted"]
    assert (results[1].code, bool(results[1].text)) == (Code.BAD_VALUE, True)
    assert {row.id for row in any_council.all(Action)} - there == {before.id, after.id}


@rows("bad", BAD)
def test_in_a_group_it_refuses_one_record(
    any_council: Council, ann: Device, bad: dict[str, Any]
) -> None:
    there = {row.id for row in any_council.all(Action)}
    before, after = action(ann), action(ann)
    results = push(ann, in_group(before, action(ann, **bad), after))
    assert [result.status for result in results] == ["accepted", "refused", "accepted"]
    assert {row.id for row in any_council.all(Action)} - there == {before.id, after.id}


@rows(
    ("value", "status"),
    [
        ({"said": ["a\\u0000b, typed as it is"]}, "accepted"),
        ({"said": ["a\0b"]}, "refused"),
        ({"a\0b": 1}, "refused"),
        (["x" * LARGEST_JSON], "refused"),
    ],
)
@rows("grouped", [False, True])
def test_values_that_are_json(ann: Device, value: Any, status: str, grouped: bool) -> None:
    given = {"question": new_id(), "value": value, "title": None, "first_due_on": None}
    change = action(ann, visit_id=ann.visit(ann.all(Setting)[0].id), **given)
    ann.sync()
    kept = {name: value for name, value in change.values.items() if value is not None}
    id_ = answer_id(kept["visit_id"], kept["question"])
    answer = Create(kind="answer", id=id_, at=AT, values=kept)
    (result,) = push(ann, in_group(answer) if grouped else answer)
    assert result.status == status


def test_the_longest_texts_of_the_desk_are_taken(ann: Device) -> None:
    results = push(ann, action(ann, detail="x" * LONGEST_NOTE, title="x" * 400))
    assert [result.status for result in results] == ["accepted"]


@pytest.mark.change_by_change
@pytest.mark.parametrize("error", [OverflowError, KeyError, RecursionError])
def test_a_fault_of_ours_with_one_change_holds_up_no_other(
    any_council: Council, ann: Device, error: type[Exception]
) -> None:
    """Whatever goes wrong with a record that the checks let through."""
    good, odd, last = action(ann), action(ann, title="odd"), action(ann)

    def stumble(_: Connection, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.startswith("INSERT INTO action") and "odd" in str(parameters):
            raise error("made up")

    event.listen(any_council.database.engine, "before_cursor_execute", stumble)
    results = push(ann, good, odd, last)
    event.remove(any_council.database.engine, "before_cursor_execute", stumble)
    assert [result.status for result in results] == ["accepted", "refused", "accepted"]
    assert results[1].code == Code.BUG
    assert {row.id for row in any_council.all(Action)} == {good.id, last.id}


def test_moments_of_a_clock_that_is_years_wrong_are_taken(ann: Device) -> None:
    for year in (1970, 2106):
        moment = datetime(year, 1, 1, tzinfo=UTC).isoformat()
        assert push(ann, action(ann, at=moment, created_at=moment))[0].status == "accepted"
