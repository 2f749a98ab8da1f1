"""Several processes behind one socket. They share nothing but the database and that socket.

uvicorn's own supervisor leaves the socket open while its processes stop and takes no server class
that drains (decision 49).
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import socket
import tempfile
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from types import FrameType

from msgspec import Struct

from sync.server.process.serving import Serving, serve
from sync.server.telemetry.logs import event, set_up_logs
from sync.server.telemetry.metrics import FOLDER_VARIABLE
from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message

_SPAWN = multiprocessing.get_context("spawn")
_LOOKS_EVERY = 0.5
_STARTS_WITHIN = 60.0


class _Worker(Struct):
    process: SpawnProcess
    started: multiprocessing.synchronize.Event


class Workers:
    """Keeps a number of workers running until the process is told to stop.

    A worker that dies while it serves is replaced; one that dies before it ever served would die
    again, and ends them all.
    """

    def __init__(self, serving: Serving, listener: socket.socket) -> None:
        self._serving = serving
        self._listener = listener
        self._stop = _SPAWN.Event()
        self._asked = False

    def run(self, announce: Callable[[], None]) -> None:
        """Serve. Raises EnvironmentProblem SERVER_FAULT when a worker cannot start."""
        set_up_logs(self._serving.log_level)
        for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._ask)
        with tempfile.TemporaryDirectory(prefix="visitapp-metrics-") as folder:
            os.environ[FOLDER_VARIABLE] = folder
            workers = [self._begin() for _ in range(self._serving.workers)]
            try:
                if self._all_started(workers):
                    announce()
                    self._keep(workers)
            finally:
                self._end(workers)

    def _ask(self, signal_number: int, frame: FrameType | None) -> None:
        self._asked = True

    def _begin(self) -> _Worker:
        started = _SPAWN.Event()
        process = _SPAWN.Process(
            target=_work, args=(self._serving, self._listener, started, self._stop)
        )
        process.start()
        return _Worker(process, started)

    def _all_started(self, workers: list[_Worker]) -> bool:
        """Wait until every worker serves; false when the process was told to stop meanwhile."""
        for worker in workers:
            while not worker.started.wait(_LOOKS_EVERY):
                if self._asked:
                    return False
                _require_alive(worker)
        return not self._asked

    def _keep(self, workers: list[_Worker]) -> None:
        while not self._asked:
            wait([worker.process.sentinel for worker in workers], _LOOKS_EVERY)
            for place, worker in enumerate(workers):
                if worker.process.is_alive() or self._asked:
                    continue
                if not worker.started.is_set():
                    _require_alive(worker)
                event(logging.ERROR, "worker-died", status=worker.process.exitcode)
                workers[place] = self._begin()

    def _end(self, workers: list[_Worker]) -> None:
        self._listener.close()
        self._stop.set()
        patience = self._serving.stop_seconds + self._serving.drain_seconds + _STARTS_WITHIN
        for worker in workers:
            worker.process.join(patience)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


def _require_alive(worker: _Worker) -> None:
    if not worker.process.is_alive():
        raise EnvironmentProblem(
            Code.SERVER_FAULT,
            message("A worker process could not start."),
            message("Its last log line says why."),
        )


def _work(
    serving: Serving,
    listener: socket.socket,
    started: multiprocessing.synchronize.Event,
    stop: multiprocessing.synchronize.Event,
) -> None:
    serve(serving, listener, started.set, stop)
