"""From the start of the process to the first painting of the window, and to a page that can be
used, beside a bare window of Qt's."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.benchmarks.figures import Figure, ratios
from tests.support.desk.keyring_backend import NAME

TARGETS = {"painted": 1.5, "usable": 3.0}
"""Times a bare window of the same run."""

NAMES = {"painted": "start to first painting", "usable": "start to a usable page"}
MEGABYTES = 300
Took = dict[str, tuple[float, float, float]]


@pytest.mark.timeout(1200)
def test_the_first_window(device: Path, runs: int, figures: list[Figure]) -> None:
    """With the key in a keyring, on the device of the speed targets. The modules are compiled, as
    they are where the program is installed."""
    started("ours", device)
    ours, bare = [], []
    for _ in range(max(runs, 3)):
        ours.append(started("ours", device))
        bare.append(started("bare", device))
    for what, target in TARGETS.items():
        by_clock, by_processor = (
            ([one[what][timer] for one in ours], [one["usable"][timer] for one in bare])
            for timer in (0, 1)
        )
        clock, processor = ratios(*by_clock), ratios(*by_processor)
        figures.append(Figure(f"{NAMES[what]}, to a bare window", "x", clock, processor, target))
        figures.append(Figure(NAMES[what], "s", by_clock[0], by_processor[0]))
    memory = [one["usable"][2] for one in ours]
    figures.append(Figure("memory at the first page", "MB", memory, target=MEGABYTES))


def started(what: str, folder: Path) -> Took:
    """Seconds by the clock and of a processor, until the window was painted and until it could be
    used, and the MB that it had taken at most."""
    begun, took = time.perf_counter(), Took()
    own = {
        "PYTHON_KEYRING_BACKEND": NAME,
        "KEYRING_PROPERTY_FOLDER": str(folder / "keyring"),
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }
    given = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.benchmarks.first_window", what, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=given | own,
    ) as program:
        assert program.stdout is not None
        for line in program.stdout:
            name, processor, kib = line.split()
            took[name] = (time.perf_counter() - begun, float(processor), int(kib) / 1024)
    assert program.returncode == 0
    return took
