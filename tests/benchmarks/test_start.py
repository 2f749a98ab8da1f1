"""From the start of the process to the first window, beside a bare window of Qt's."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.benchmarks.figures import Figure, ratios
from tests.support.benchmarks.many_settings import fill
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import FolderKeyring
from visitapp.records import Role

SETTINGS = 60
"""As many as an officer holds at most."""


@pytest.mark.timeout(600)
def test_the_first_window(tmp_path: Path, runs: int, figures: list[Figure]) -> None:
    with open_desk(tmp_path / "profile", Clock(), FolderKeyring(tmp_path / "keyring")) as services:
        services.profile.introduce("Ann Example", Role.OFFICER)
        fill(services, SETTINGS)
    ours, bare = [], []
    started("ours", tmp_path)
    for _ in range(max(runs, 3)):
        ours.append(started("ours", tmp_path))
        bare.append(started("bare"))
    clock, processor = (
        ratios([o[0] for o in ours], [b[0] for b in bare]),
        ratios([o[1] for o in ours], [b[1] for b in bare]),
    )
    figures.append(Figure("start to first window, to a bare window", "x", clock, processor))
    figures.append(Figure("start to first window", "s", [o[0] for o in ours], [o[1] for o in ours]))


def started(what: str, *folder: Path) -> tuple[float, float]:
    """Seconds by the clock and of a processor until the first window has painted itself."""
    begun = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-m", "tests.support.benchmarks.first_window", what, *map(str, folder)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    return time.perf_counter() - begun, float(ran.stdout)
