"""The time limits of concerns, by the story that the policy was written for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.rules.concerns.clocks import Limit, limits_of, next_limit
from visitapp.rules.concerns.states import ConcernKind, Severity
from visitapp.rules.policy.read import shipped_policy

POLICY = shipped_policy()


def limits(kind: str, severity: str, received: datetime, **reached: str) -> dict[str, Limit]:
    found = limits_of(
        kind, severity, received, reached, POLICY.concerns, POLICY.working_days.days()
    )
    return {one.stage: one for one in found}


def at(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "severity", "received", "due", "closed", "late"),
    [
        ("poor_practice", "2", at(2025, 9, 8), date(2025, 10, 6), date(2025, 9, 30), False),
        ("complaint", "2", at(2025, 10, 2), date(2025, 10, 30), date(2025, 10, 28), False),
        ("poor_practice", "2", at(2025, 10, 21), date(2025, 11, 18), date(2025, 11, 18), False),
        ("safeguarding", "3", at(2025, 11, 5), date(2025, 12, 3), date(2025, 12, 3), False),
        ("whistleblowing", "3", at(2025, 11, 14), date(2025, 12, 12), date(2025, 12, 12), False),
        ("serious_incident", "4", at(2025, 11, 24), date(2025, 12, 22), date(2026, 1, 9), True),
        # 6 April 2026 is Easter Monday.
        ("complaint", "1", at(2026, 3, 9), date(2026, 4, 7), date(2026, 4, 7), False),
        ("contract", "1", at(2026, 7, 14), date(2026, 8, 11), date(2026, 8, 11), False),
    ],
)
def test_a_concern_is_closed_within_28_days(
    kind: str, severity: str, received: datetime, due: date, closed: date, late: bool
) -> None:
    limit = limits(kind, severity, received, closed=closed.isoformat())["closed"]
    assert limit.due_on == due
    assert limit.is_late(received + timedelta(days=400)) is late


def test_working_days_are_counted_for_the_acknowledgement_and_the_reply() -> None:
    complaint = limits("complaint", "2", at(2025, 10, 2), acknowledged="2025-10-06")
    assert complaint["acknowledged"].due_on == date(2025, 10, 7)
    assert not complaint["acknowledged"].is_late(at(2026, 1, 1))
    poor = limits("poor_practice", "2", at(2025, 10, 21), answered="2025-11-07")
    assert poor["answered"].due_on == date(2025, 11, 4)
    assert poor["answered"].is_late(at(2025, 11, 8))
    grave = limits("poor_practice", "3", at(2025, 10, 21))
    assert grave["answered"].due_on == date(2025, 10, 23)


def test_the_need_to_know_note_is_due_two_hours_after_knowing() -> None:
    known = at(2025, 11, 24, 10, 20)
    in_time = limits("serious_incident", "4", known, noted="2025-11-24T11:45+00:00")["noted"]
    assert in_time.due_at == at(2025, 11, 24, 12, 20)
    assert not in_time.is_late(at(2025, 11, 25))
    waiting = limits("serious_incident", "4", known)["noted"]
    assert not waiting.is_late(at(2025, 11, 24, 12, 20))
    assert waiting.is_late(at(2025, 11, 24, 12, 21))


def test_the_learning_meeting_follows_the_investigation() -> None:
    received = at(2025, 11, 24)
    open_ = limits("serious_incident", "4", received)
    assert open_["investigated"].due_on == date(2025, 12, 22)
    assert open_["learned_from"].due_on == date(2026, 1, 8)
    done = limits("serious_incident", "4", received, investigated="2025-12-01")
    assert done["learned_from"].due_on == date(2025, 12, 15)


def test_a_limit_for_information_is_never_late_and_never_next() -> None:
    found = limits("safeguarding", "3", at(2025, 11, 5))
    assert not found["assessed"].counts
    assert not found["assessed"].is_late(at(2026, 11, 5))
    first = next_limit(list(found.values()))
    assert first is not None
    assert first.stage == "referred"


def test_a_compliment_has_no_limit() -> None:
    assert limits("compliment", "1", at(2026, 5, 20)) == {}


@given(
    st.sampled_from(list(ConcernKind)),
    st.sampled_from(list(Severity)),
    st.datetimes(datetime(2024, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC)),
)
def test_no_limit_ends_before_the_concern_came_or_on_a_closed_day(
    kind: str, severity: str, received: datetime
) -> None:
    calendar = POLICY.working_days.days()
    for limit in limits(kind, severity, received).values():
        day = received.astimezone().date()
        assert limit.due_on >= day
        assert limit.due_on == day or limit.due_at or calendar.is_working(limit.due_on)
