"""Work that takes long, as a value: one worker thread does it, tells its end, stops when asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from visitapp.errors import VisitappError


class Cancelled(Exception):
    """Raised inside the work when the person cancelled it."""


class Progress:
    """Given to the work: it calls this with what is done and the total (0 when unknown)."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._cancelled = threading.Event()

    def __call__(self, done: int = 0, total: int = 0) -> None:
        """Tell how far the work is. Raises Cancelled once the person cancelled."""
        if self._cancelled.is_set():
            raise Cancelled
        self._tell(done, total)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Was it asked to stop?"""
        return self._cancelled.is_set()


@dataclass(frozen=True)
class Operation:
    """`work` runs on the worker; then `done` with its result, or `failed` with the problem, on the
    window's thread. A cancelled one ends with neither."""

    title: str
    work: Callable[[Progress], Any]
    done: Callable[[Any], None]
    failed: Callable[[VisitappError], None]


class _Teller(QObject):
    progressed = Signal(int, int)
    succeeded = Signal(object)
    refused = Signal(object)
    broken = Signal(object)
    ended = Signal()


class _Task(QRunnable):
    def __init__(self, work: Callable[[Progress], Any], teller: _Teller) -> None:
        super().__init__()
        self._work = work
        self._teller = teller
        self.progress = Progress(teller.progressed.emit)

    def run(self) -> None:
        try:
            result = self._work(self.progress)
        except Cancelled:
            pass
        except VisitappError as problem:
            self._teller.refused.emit(problem)
        except BaseException as bug:
            # window's thread logs and shows it.
            self._teller.broken.emit(bug)
        else:
            self._teller.succeeded.emit(result)
        self._teller.ended.emit()


class Running(QObject):
    """An operation under way."""

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, operation: Operation, parent: QObject) -> None:
        super().__init__(parent)
        self.operation = operation
        self._forgotten = False
        self._teller = _Teller(self)
        self.task = _Task(operation.work, self._teller)
        self.task.setAutoDelete(False)
        self._teller.progressed.connect(self.progressed)
        self._teller.succeeded.connect(self._succeed)
        self._teller.refused.connect(self._fail)
        self._teller.broken.connect(self._break)
        self._teller.ended.connect(self.ended)

    def cancel(self) -> None:
        """Stop at the next step; nothing is announced."""
        self.task.progress.cancel()

    def forget(self) -> None:
        """Tell no result and no problem, however it ends."""
        self._forgotten = True

    def cancelled(self) -> bool:
        """Did the person cancel it?"""
        return self.task.progress.cancelled

    @Slot(object)
    def _succeed(self, result: Any) -> None:
        if not self._forgotten:
            self.operation.done(result)

    @Slot(object)
    def _fail(self, problem: VisitappError) -> None:
        if not self._forgotten:
            self.operation.failed(problem)

    @Slot(object)
    def _break(self, bug: BaseException) -> None:
        raise bug


class Runner(QObject):
    """One worker thread: operations follow each other, the window never waits."""

    started = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running: list[Running] = []

    def run(self, operation: Operation) -> Running:
        """Queue an operation; the returned one can be watched and cancelled."""
        running = Running(operation, self)
        self._running.append(running)
        running.ended.connect(lambda: self._ended(running))
        self._pool.start(running.task)
        self.started.emit(running)
        return running

    def busy(self) -> bool:
        """Is anything queued or under way?"""
        return bool(self._running)

    def stop(self) -> None:
        """Cancel everything and wait for the worker."""
        for running in self._running:
            running.cancel()
        self._pool.waitForDone()

    def end(self) -> None:
        """The window closes: stop, and tell nothing any more, even of what was done already."""
        for running in self._running:
            running.forget()
        self.stop()

    def _ended(self, running: Running) -> None:
        self._running.remove(running)
        running.deleteLater()
        if not self._running:
            self.idle.emit()
