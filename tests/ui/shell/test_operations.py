"""Long work: one worker, told at the end, cancelled on request, and never in the window's way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from visitapp.errors import Code, LinkProblem, VisitappError
from visitapp.language import message
from visitapp.ui.shell.operations import Operation, Progress, Runner


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.stop()


class Ear:
    """Hears what became of operations, and in which thread."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[VisitappError] = []
        self.threads: set[int] = set()

    def operation(self, work: Callable[[Progress], object]) -> Operation:
        return Operation("Work", work, self.hear, self.fail)

    def hear(self, result: object) -> None:
        self.threads.add(threading.get_ident())
        self.done.append(result)

    def fail(self, problem: VisitappError) -> None:
        self.threads.add(threading.get_ident())
        self.failed.append(problem)


def test_the_result_is_told_on_the_windows_thread(runner: Runner, qtbot: QtBot) -> None:
    ear = Ear()
    with qtbot.waitSignal(runner.idle):
        runner.run(ear.operation(lambda progress: threading.get_ident()))
    assert ear.done != [threading.get_ident()], "the work is not done on the window's thread"
    assert ear.threads == {threading.get_ident()}


def test_operations_follow_each_other(runner: Runner, qtbot: QtBot) -> None:
    ear, order = Ear(), []
    with qtbot.waitSignal(runner.idle):
        for number in range(5):
            runner.run(ear.operation(lambda progress, number=number: order.append(number)))
        assert runner.busy()
    assert order == [0, 1, 2, 3, 4]
    assert not runner.busy()


def test_a_problem_is_told_as_a_problem(runner: Runner, qtbot: QtBot) -> None:
    ear = Ear()

    def fail(progress: Progress) -> None:
        raise LinkProblem(
            Code.SERVER_UNREACHABLE, message("The server was not reached."), message("Try later.")
        )

    with qtbot.waitSignal(runner.idle):
        runner.run(ear.operation(fail))
    assert [str(problem.what) for problem in ear.failed] == ["The server was not reached."]
    assert ear.done == []


def test_progress_is_heard_and_a_cancel_ends_the_work(runner: Runner, qtbot: QtBot) -> None:
    ear, steps = Ear(), threading.Event()

    def work(progress: Progress) -> str:
        for number in range(1_000_000):
            progress(number, 1_000_000)
            steps.wait(0.001)
        return "done"

    running = runner.run(ear.operation(work))
    with qtbot.waitSignal(running.progressed):
        pass
    with qtbot.waitSignal(runner.idle):
        running.cancel()
    assert ear.done == []
    assert ear.failed == []


def test_a_bug_in_the_work_comes_up_as_a_bug(runner: Runner, qtbot: QtBot) -> None:
    ear = Ear()

    def work(progress: Progress) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as bugs, qtbot.waitSignal(runner.idle):
        runner.run(ear.operation(work))
    assert [kind for kind, _, _ in bugs] == [ZeroDivisionError]
    assert ear.done == []


class Panic(BaseException):
    """As a library in Rust raises one: no Exception."""


def test_a_panic_of_a_library_ends_the_work_and_is_handed_to_the_window(
    runner: Runner, qtbot: QtBot
) -> None:
    ear = Ear()

    def panic(progress: Progress) -> None:
        raise Panic("index out of bounds")

    with qtbot.captureExceptions() as raised, qtbot.waitSignal(runner.idle):
        runner.run(ear.operation(panic))
    assert [kind for kind, *_ in raised] == [Panic]
    assert not runner.busy()
    with qtbot.waitSignal(runner.idle):
        runner.run(ear.operation(lambda progress: "next"))
    assert ear.done == ["next"], "the worker goes on"
