"""Records as JSON values: whatever is kept comes back the same, and only what travels goes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import JSON, Boolean, Date, Integer, String

from tests.support.desk.made import a_setting, a_visit
from tests.support.sync.wire_values import from_wire, to_wire
from visitapp.records import SYNCED, Setting, Synced, Visit
from visitapp.records.base import Instant
from visitapp.records.codec import (
    columns,
    field_from_wire,
    field_to_wire,
    moment_from_wire,
    moment_to_wire,
)

ZONES = st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=ZONES)
PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20)
VALUES: dict[type, st.SearchStrategy[Any]] = {
    Date: st.dates(),
    Instant: MOMENTS,
    JSON: st.recursive(PLAIN, lambda v: st.lists(v) | st.dictionaries(st.text(max_size=5), v)),
    Boolean: st.booleans(),
    Integer: st.integers(-(2**31), 2**31 - 1),
    String: st.text(max_size=40),
}


def value_of(kind: type[Synced], name: str) -> st.SearchStrategy[Any]:
    column = columns(kind)[name]
    known = next(values for type_, values in VALUES.items() if isinstance(column.type, type_))
    return known | st.none() if column.nullable else known


@st.composite
def records(draw: st.DrawFn) -> Synced:
    kind = draw(st.sampled_from(SYNCED))
    return kind(id="x", **{name: draw(value_of(kind, name)) for name in columns(kind)})


@given(record=records())
def test_a_record_survives_the_wire(record: Synced) -> None:
    kind = type(record)
    wire = json.loads(json.dumps(to_wire(record)))
    assert None not in wire.values()
    back = from_wire(kind, wire)
    for name in columns(kind):
        assert back.get(name) == getattr(record, name), name


@given(moment=MOMENTS)
def test_a_moment_survives_in_utc(moment: datetime) -> None:
    text = moment_to_wire(moment)
    assert text.endswith("Z")
    assert len(text) == len("2026-11-22T09:30:00.000000Z")
    assert moment_from_wire(text) == moment


@given(first=MOMENTS, second=MOMENTS)
def test_moments_sort_as_their_texts_do(first: datetime, second: datetime) -> None:
    assert (moment_to_wire(first) < moment_to_wire(second)) == (first < second)


@pytest.mark.parametrize("text", ["2026-11-22T09:30:00", "2026-11-22", "now", ""])
def test_a_moment_without_a_zone_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        moment_from_wire(text)


def test_ids_and_marks_of_sync_do_not_travel() -> None:
    for kind in SYNCED:
        assert not columns(kind).keys() & {"id", "revision", "field_revisions"}
        assert columns(kind).keys() >= {"created_at", "created_by", "deleted"}


def test_what_is_empty_is_left_out() -> None:
    setting = a_setting(
        id="home", beds=None, created_by="o", created_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert "beds" not in to_wire(setting)
    assert to_wire(setting)["created_at"] == "2026-01-01T00:00:00.000000Z"
    visit = a_visit("home", outcome={}, visited_on=date(2026, 11, 20))
    assert (to_wire(visit)["outcome"], to_wire(visit)["visited_on"]) == ({}, "2026-11-20")


def test_one_field_goes_both_ways() -> None:
    assert field_to_wire(Visit, "visited_on", date(2026, 1, 2)) == "2026-01-02"
    assert field_from_wire(Visit, "visited_on", "2026-01-02") == date(2026, 1, 2)
    assert field_from_wire(Visit, "visited_on", None) is None
    assert field_from_wire(Visit, "outcome", {"a": 1}) == {"a": 1}


def test_an_unknown_field_is_refused() -> None:
    for name in ("colour", "id", "revision"):
        with pytest.raises(KeyError, match=name):
            from_wire(Setting, {name: 1})


@pytest.mark.parametrize("value", ["2026-13-01", "soon", 5, ["2026-01-01"]])
def test_a_value_that_is_no_date_is_refused(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        from_wire(Visit, {"visited_on": value})
