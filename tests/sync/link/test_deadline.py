"""What takes too long is ended, by one thread that is kept."""

from __future__ import annotations

import threading

import pytest

from sync.client.link.deadline import Deadlines

SOON, LATE = 0.02, 60.0


class Ended:
    """Counts the ends; each can be waited for."""

    def __init__(self) -> None:
        self.times = 0
        self.was = threading.Event()

    def __call__(self) -> None:
        self.times += 1
        self.was.set()

    def wait(self) -> None:
        assert self.was.wait(60)


def watchers() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if "_watch" in thread.name}


def test_what_is_done_in_time_is_left_alone() -> None:
    ended = Ended()
    deadlines = Deadlines(ended)
    with deadlines.at_most(LATE):
        pass
    deadlines.close()
    assert ended.times == 0


def test_what_is_late_is_ended_and_said() -> None:
    ended = Ended()
    with pytest.raises(TimeoutError), Deadlines(ended).at_most(SOON):
        ended.wait()
    assert ended.times == 1


def test_an_earlier_deadline_wakes_a_thread_that_sleeps_for_a_later_one() -> None:
    ended = Ended()
    deadlines = Deadlines(ended)
    with deadlines.at_most(LATE), pytest.raises(TimeoutError), deadlines.at_most(SOON):
        ended.wait()
    deadlines.close()
    assert ended.times == 1


def test_a_turn_after_a_late_one_has_its_own_time() -> None:
    ended = Ended()
    deadlines = Deadlines(ended)
    with pytest.raises(TimeoutError), deadlines.at_most(SOON):
        ended.wait()
    with deadlines.at_most(LATE):
        pass
    deadlines.close()
    assert ended.times == 1


def test_one_thread_serves_many_turns_and_goes_when_closed() -> None:
    before = watchers()
    deadlines = Deadlines(Ended())
    for _ in range(50):
        with deadlines.at_most(LATE):
            assert len(watchers() - before) == 1
    (thread,) = watchers() - before
    deadlines.close()
    thread.join(60)
    assert not thread.is_alive()


def test_the_body_s_own_error_comes_through() -> None:
    with pytest.raises(ZeroDivisionError), Deadlines(Ended()).at_most(LATE):
        raise ZeroDivisionError
