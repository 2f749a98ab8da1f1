"""What a process costs: wall clock, processor time, and the most memory it ever held.

What another process costs is known on Linux alone, and is 0 elsewhere.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

T = TypeVar("T")


class Cost(Struct):
    """Seconds by the clock and of a processor, and MB at the peak."""

    wall: float
    processor: float
    peak: float


def cost_of_self() -> float:
    """Processor seconds of this process so far, its threads included."""
    return time.process_time()


def peak_of_self() -> float:
    """The most memory that this process ever held, in MB."""
    return peak_of("self")


def processor_of(pid: int) -> float:
    """Processor seconds of another process so far, to the nanosecond."""
    if sys.platform != "linux":
        return 0.0
    return time.clock_gettime(~pid << 3 | 2)  # the clock id of a process, as the C library makes it


class Running:
    """A process that serves until the context ends."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self._process = process
        self.address = address

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def processor(self) -> float:
        """Its processor seconds so far."""
        return processor_of(self.pid)

    def peak(self) -> float:
        """The most memory it ever held, in MB."""
        return peak_of(str(self._process.pid))


@contextmanager
def running(*arguments: str, **settings: str) -> Iterator[Running]:
    """A Python program that prints its address as its first line. `settings`: what is set in its
    environment besides what is there."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        env={**os.environ, **settings},
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        yield Running(process, process.stdout.readline().strip())
    finally:
        process.kill()
        process.wait(20)
        process.stdout.close()


def answer_of(kind: type[T], *arguments: Any) -> T:
    """Run a Python program to its end; what it printed, as `kind`."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        stdout=subprocess.PIPE,
        check=True,
        timeout=3600,
    )
    return msgspec.json.decode(done.stdout, type=kind)


def peak_of(process: str) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
