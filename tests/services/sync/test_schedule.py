"""When a device syncs by itself: soon after work, politely after failures, not when told not to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.errors import Code
from visitapp.services.sync.schedule import NEEDS_A_PERSON, Hold, Paces, Pacing

PACES = Paces()


class Time:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def pacing(time: Time, chance: float = 0.5, *, allowed: bool = True) -> Pacing:
    return Pacing(time, lambda: chance, allowed=allowed)


def synced(time: Time, **options: bool) -> Pacing:
    """One that synced well just now."""
    made = pacing(time, **options)
    made.began()
    made.succeeded()
    return made


def test_it_begins_soon_after_the_start_and_goes_on_every_few_minutes() -> None:
    time = Time()
    paced = pacing(time)
    assert paced.wait() == PACES.start
    time.now += PACES.start
    assert paced.wait() == 0
    paced.began()
    assert paced.wait() is None, "one at a time"
    paced.succeeded()
    assert paced.wait() == PACES.every


def test_saves_are_gathered_and_a_busy_person_does_not_put_them_off_for_ever() -> None:
    time = Time()
    paced = synced(time)
    began = time.now
    waits = []
    for _ in range(40):
        time.now += 4
        paced.saved()
        waits.append(paced.wait())
        if waits[-1] == 0:
            break
    assert waits[0] == PACES.saved
    assert time.now - began == pytest.approx(PACES.saved_most + 4, abs=4)


def test_what_is_saved_during_a_sync_goes_with_the_next_one() -> None:
    time = Time()
    paced = pacing(time)
    paced.began()
    paced.saved()
    time.now += 1
    paced.succeeded()
    wait = paced.wait()
    assert wait is not None
    assert wait <= PACES.saved


def test_a_save_does_not_hurry_a_link_that_fails() -> None:
    time = Time()
    paced = pacing(time)
    paced.began()
    paced.failed(Code.SERVER_UNREACHABLE)
    before = paced.wait()
    paced.saved()
    assert paced.wait() == before


@pytest.mark.parametrize(
    ("failures", "least", "most"),
    [(1, 7.5, 15), (2, 15, 30), (3, 30, 60), (7, 450, 900), (30, 450, 900), (2000, 450, 900)],
)
def test_failures_double_the_pause_up_to_a_quarter_of_an_hour(
    failures: int, least: float, most: float
) -> None:
    for chance, pause in ((0.0, least), (1.0, most)):
        time = Time()
        paced = pacing(time, chance)
        for _ in range(failures):
            paced.began()
            time.now += 5
            paced.failed(Code.SERVER_UNREACHABLE)
        assert paced.wait() == pytest.approx(pause)


@pytest.mark.parametrize(
    ("asked", "pause"), [(None, 15), (1, 15), (120, 120 * 1.1), (86_400, 3600 * 1.1)]
)
def test_a_server_may_ask_for_more_time_within_reason(asked: float | None, pause: float) -> None:
    time = Time()
    paced = pacing(time, 1.0)
    paced.began()
    paced.failed(Code.SERVER_FAULT, asked)
    assert paced.wait() == pytest.approx(pause)


def test_success_forgets_failures() -> None:
    time = Time()
    paced = pacing(time)
    for _ in range(5):
        paced.began()
        paced.failed(Code.SERVER_UNREACHABLE)
    paced.began()
    paced.succeeded()
    assert (paced.failures, paced.wait()) == (0, PACES.every)


def test_another_window_that_syncs_is_waited_for_and_is_no_failure() -> None:
    time = Time()
    paced = pacing(time)
    paced.began()
    paced.failed(Code.DATABASE_IN_USE)
    assert (paced.failures, paced.wait()) == (0, PACES.busy)


@pytest.mark.parametrize("code", sorted(NEEDS_A_PERSON))
def test_what_needs_a_person_waits_for_one(code: Code) -> None:
    time = Time()
    paced = synced(time)
    paced.began()
    paced.failed(code)
    paced.saved()
    time.now += 86_400
    assert (paced.wait(), paced.hold()) == (None, Hold.PERSON)
    paced.began()
    paced.succeeded()
    assert (paced.wait(), paced.hold()) == (PACES.every, None)


def test_it_may_be_switched_off_and_on() -> None:
    time = Time()
    paced = synced(time, allowed=False)
    assert (paced.wait(), paced.hold()) == (None, Hold.OFF)
    paced.allow(True)
    time.now += PACES.gap
    assert paced.wait() == 0
    paced.allow(False)
    assert paced.wait() is None


def test_a_metered_connection_is_left_alone() -> None:
    time = Time()
    paced = synced(time)
    paced.network(reachable=True, metered=True)
    time.now += 86_400
    assert (paced.wait(), paced.hold()) == (None, Hold.METERED)
    paced.network(reachable=True, metered=False)
    assert paced.wait() == 0


def test_a_network_that_comes_back_is_tried_at_once_but_not_by_everybody_together() -> None:
    spread = set()
    for chance in (0.0, 0.25, 0.5, 0.99):
        time = Time()
        paced = pacing(time, chance)
        for _ in range(9):
            paced.began()
            paced.failed(Code.SERVER_UNREACHABLE)
        paced.network(reachable=False, metered=False)
        time.now += 3600
        paced.network(reachable=True, metered=False)
        spread.add(paced.wait())
    assert len(spread) == 4
    assert max(spread, key=lambda wait: wait or 0) == pytest.approx(0.99 * PACES.reconnected)


def test_a_system_that_wrongly_sees_no_network_only_slows_it_down() -> None:
    time = Time()
    paced = synced(time)
    paced.network(reachable=False, metered=False)
    assert paced.wait() == PACES.longest_retry


EVENTS = st.sampled_from(
    ["saved", "gone", "back", "tick", "succeeded", "busy", "failed", "asked", "on", "off"]
)


@given(st.lists(st.tuples(EVENTS, st.floats(0, 400))), st.floats(0, 0.999))
def test_whatever_happens_it_is_neither_frantic_nor_forgotten(
    story: list[tuple[str, float]], chance: float
) -> None:
    """Two tries are never closer than the gap, and one that may try does so within the hour."""
    time = Time()
    paced = Pacing(time, lambda: chance)
    tries: list[float] = []
    for event, seconds in story:
        time.now += seconds
        if event == "saved":
            paced.saved()
        elif event in ("gone", "back"):
            paced.network(reachable=event == "back", metered=False)
        elif event in ("on", "off"):
            paced.allow(event == "on")
        elif paced.wait() == 0:
            tries.append(time.now)
            paced.began()
            assert paced.wait() is None
            time.now += seconds / 10
            if event == "succeeded":
                paced.succeeded()
            elif event == "busy":
                paced.failed(Code.DATABASE_IN_USE)
            elif event == "asked":
                paced.failed(Code.SERVER_FAULT, seconds * 100)
            else:
                paced.failed(Code.SERVER_UNREACHABLE)
        wait = paced.wait()
        assert (wait is None) == (not paced.allowed)
        if wait is not None:
            assert 0 <= wait <= PACES.longest_asked * 1.1
    assert all(b - a >= PACES.gap for a, b in pairwise(tries))
