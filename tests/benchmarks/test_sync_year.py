"""A council's year pushed and pulled against the floor, memory, and more years against one.

Each cost is the wall clock, and the processor time of both sides; a ratio is ours to the floor's of
the same run.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.benchmarks.conftest import MakeDatabase
from tests.support.benchmarks.figures import Figure, ratios
from tests.support.benchmarks.measured import Cost
from tests.support.benchmarks.sync_bench import Year, floor_of, sync_of

pytestmark = pytest.mark.timeout(3600)

PART = 0.5
"""The share of a year that is synced to see what kinds cost that are merely registered."""


def test_the_year(
    database: MakeDatabase, kind: str, runs: int, tmp_path: Path, figures: list[Figure]
) -> None:
    ours, floors = [], []
    for run in range(runs):
        folder = tmp_path / str(run)
        folder.mkdir()
        ours.append(sync_of(database, folder / "ours", 1))
        floors.append(floor_of(database, folder))
        shutil.rmtree(folder)
    for what, target in (("push", 2.5), ("pull", 2.0)):
        figures.append(
            compared(f"{what} of a year to the floor, {kind}", what, ours, floors, target)
        )
    for what in ("push", "pull"):
        took = [getattr(year, what) for year in ours]
        clock, processor = [cost.wall for cost in took], [cost.processor for cost in took]
        figures.append(Figure(f"{what} of a year, {kind}", "s", clock, processor))
    peaks = {
        "server": [year.server_peak for year in ours],
        "pushing device": [year.push.peak for year in ours],
        "pulling device": [year.pull.peak for year in ours],
    }
    for who, found in peaks.items():
        figures.append(Figure(f"peak memory, {who}, {kind}", "MB", found, target=300))


def test_more_years(
    database: MakeDatabase,
    kind: str,
    runs: int,
    tmp_path: Path,
    figures: list[Figure],
    pytestconfig: pytest.Config,
) -> None:
    less, more = sorted((pytestconfig.getoption("--years"), 1.0))
    many, few = [], []
    for run in range(runs):
        for found, years in ((few, less), (many, more)):
            folder = tmp_path / f"{run} {years}"
            found.append(sync_of(database, folder, years))
            shutil.rmtree(folder)
    for what in ("push", "pull"):
        name = f"{what} of {more:g} years to {less:g}, {kind}"
        figures.append(compared(name, what, many, few, more / less * 1.1))


def test_a_part_of_a_year_with_more_kinds(
    database: MakeDatabase, kind: str, runs: int, tmp_path: Path, figures: list[Figure]
) -> None:
    more, ours = [], []
    for run in range(runs):
        for found, more_kinds in ((ours, False), (more, True)):
            folder = tmp_path / f"{run} {more_kinds}"
            found.append(sync_of(database, folder, PART, more_kinds=more_kinds))
            shutil.rmtree(folder)
    for what in ("push", "pull"):
        name = f"{what} with 50 kinds more, to without, {kind}"
        figures.append(compared(name, what, more, ours, 1.1))


def compared(name: str, what: str, ours: list[Year], others: list[Year], target: float) -> Figure:
    """Ours to the others', run by run."""
    mine: list[Cost] = [getattr(year, what) for year in ours]
    theirs: list[Cost] = [getattr(year, what) for year in others]
    return Figure(
        name,
        "x",
        ratios([cost.wall for cost in mine], [cost.wall for cost in theirs]),
        ratios([cost.processor for cost in mine], [cost.processor for cost in theirs]),
        target,
    )
