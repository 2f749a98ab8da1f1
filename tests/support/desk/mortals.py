"""Processes that tests kill.

Each is forked from one that has imported the program: to start it anew takes seconds of processor
time for every kill. It shares no database, thread or handle with the test.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType

_HOW = "spawn" if sys.platform == "win32" else "forkserver"
_IMPORTED = [
    *("tests.support.sync.dying_caseworker", "tests.support.sync.dying_keeper"),
    *("tests.support.sync.dying_leaver", "tests.support.sync.dying_rater"),
    *("tests.support.storage.dying_migrator", "tests.support.storage.dying_renewer"),
    *("tests.support.desk.desks", "tests.support.desk.mortals"),
]
SECONDS = 300


class Mortal:
    """A process that runs a function with texts; what it prints, its faults too, is in `stdout`.

    As a context it waits for the end of the process, as `subprocess.Popen` does.
    """

    def __init__(self, main: Callable[..., object], *given: object) -> None:
        context = multiprocessing.get_context(_HOW)
        if _HOW == "forkserver":
            multiprocessing.set_forkserver_preload(_IMPORTED)
        reading, writing = context.Pipe(duplex=False)
        arguments = (main, tuple(map(str, given)), writing)
        self._process = context.Process(target=_run, args=arguments)
        self._process.start()
        writing.close()
        self.stdout = open(os.dup(reading.fileno()), encoding="utf-8")  # noqa: PTH123, SIM115 - a handle, kept open
        reading.close()

    def kill(self) -> None:
        """Kill it, as by kill -9."""
        self._process.kill()

    def wait(self) -> int:
        """Its exit status; that of a killed one is below nought."""
        self._process.join(SECONDS)
        status = self._process.exitcode
        assert status is not None, f"it lives on after {SECONDS} seconds"
        return status

    def __enter__(self) -> Mortal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self.kill()
        self.stdout.close()
        self.wait()


def script(source: str, *given: str) -> None:
    """Run a program's text, as `python -c` would."""
    sys.argv = ["-c", *given]
    exec(compile(source, "<script>", "exec"), {"__name__": "__main__"})


def _run(main: Callable[..., object], given: tuple[str, ...], writing: Connection) -> None:
    for handle in (1, 2):
        os.dup2(writing.fileno(), handle)
    writing.close()
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - kept to the end
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115 - kept to the end
    main(*given)
