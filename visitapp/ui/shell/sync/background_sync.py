"""Syncs in the background: by itself at the pace of `services.sync.schedule`, and when asked."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from sync.client.link.transport_protocol import BrokenOff
from visitapp.errors import Code, LinkProblem, VisitappError
from visitapp.language import translate
from visitapp.services.sync.connection import Connection
from visitapp.services.sync.schedule import Doing, Pacing
from visitapp.services.views.sync import SyncReport
from visitapp.ui.shell.operations import Cancelled, Operation, Progress, Runner, Running
from visitapp.ui.shell.sync.network import Network

_TELL_MS = 15_000
"""How often the time to the next try is told again."""


class BackgroundSync(QObject):
    """One sync at a time, on a worker of its own so that other long work is not held up.

    `told` says that `doing` changed. `synced` and `failed` carry what became of a sync that a
    person asked for, and `arrived` the report of one by itself that brought something. What goes
    wrong by itself is only told: nothing opens out of nowhere. `revoked` says that the server ended
    this device's access.
    """

    told = Signal()
    synced = Signal(object)
    failed = Signal(object)
    arrived = Signal(object)
    revoked = Signal()
    ended = Signal()

    def __init__(
        self, connection: Connection, network: Network, pacing: Pacing, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._connection, self._network, self.pacing = connection, network, pacing
        self._runner = Runner(self)
        self._running: Running | None = None
        self._asked = self._settled = False
        self._done = self._total = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._due)
        self._telling = QTimer(self)
        self._telling.setInterval(_TELL_MS)
        self._telling.timeout.connect(self.told)
        self._started = False
        self.problem: VisitappError | None = None
        """Why the last sync failed; None once one ended well."""

    def start(self) -> None:
        """From now on, sync by itself as well."""
        self._started = True
        self._network.changed.connect(self._network_changed)
        self._network_changed()
        self._telling.start()

    def stop(self) -> None:
        """The window closes: break off what is under way and wait for its worker."""
        self._started = False
        self._timer.stop()
        self._telling.stop()
        self._connection.break_off()
        self._runner.end()

    def saved(self) -> None:
        """Something was saved; it goes once the person pauses."""
        self.pacing.saved()
        self._arm()

    def allow(self, allowed: bool) -> None:
        """Sync automatically, or only when asked."""
        self.pacing.allow(allowed)
        self._arm()
        self.told.emit()

    def sync_now(self, *, may_remove: bool = False) -> None:
        """Sync because a person asked. One that is under way becomes theirs."""
        self._asked = True
        if self._running is None:
            self._begin(may_remove)

    def cancel(self) -> None:
        """Stop at the next step; what was sent stays sent."""
        if self._running is not None:
            self._running.cancel()
            self._connection.break_off()

    def doing(self) -> Doing:
        """What is going on now."""
        return Doing(
            syncing=self._running is not None,
            done=self._done,
            total=self._total,
            next_in=self.pacing.wait() if self._started else None,
            hold=self.pacing.hold(),
            failing=self.pacing.failures > 0,
        )

    def _due(self) -> None:
        if self._running is None:
            self._asked = False
            self._begin(may_remove=False)

    def _begin(self, may_remove: bool) -> None:
        def work(progress: Progress) -> SyncReport:
            try:
                return self._connection.sync(progress, lambda going, total: may_remove)
            except BrokenOff:
                raise Cancelled from None

        self.pacing.began()
        self._settled, self._done, self._total = False, 0, 0
        operation = Operation(translate("Sync"), work, self._succeed, self._fail)
        self._running = self._runner.run(operation)
        self._running.progressed.connect(self._progress)
        self._running.ended.connect(self._end)
        self.told.emit()

    def _progress(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self.told.emit()

    def _succeed(self, report: SyncReport) -> None:
        self._settled = True
        self.problem = None
        self.pacing.succeeded()
        (self.synced if self._asked else self.arrived).emit(report)

    def _fail(self, problem: VisitappError) -> None:
        self._settled = True
        self.problem = problem
        asked = problem.retry_after if isinstance(problem, LinkProblem) else None
        self.pacing.failed(problem.code, asked)
        if problem.code == Code.DEVICE_REVOKED:
            self.revoked.emit()
        elif self._asked:
            self.failed.emit(problem)

    def _end(self) -> None:
        cancelled = self._running is not None and self._running.cancelled()
        self._running = None
        if not self._settled:
            if cancelled:
                self.pacing.succeeded()
            else:
                self.pacing.failed(Code.BUG)
        self.ended.emit()
        self.told.emit()
        self._arm()

    def _network_changed(self) -> None:
        network = self._network
        self.pacing.network(reachable=network.reachable(), metered=network.metered())
        self._arm()
        self.told.emit()

    def _arm(self) -> None:
        wait = self.pacing.wait() if self._started else None
        if wait is None:
            self._timer.stop()
        else:
            self._timer.start(round(wait * 1000))
