"""Rounds after 20 changes and with nothing to do, against a bare round and with more kinds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.benchmarks.conftest import MakeDatabase
from tests.support.benchmarks.figures import Figure, ratios
from tests.support.benchmarks.measured import Cost
from tests.support.benchmarks.sync_bench import small_rounds_of

pytestmark = pytest.mark.timeout(3600)

ROUNDS = {"changes": ("a round after 20 changes", 3.5), "nothing": ("an empty round", 1.0)}


def test_small_rounds(
    database: MakeDatabase, kind: str, runs: int, tmp_path: Path, figures: list[Figure]
) -> None:
    ours, more = [], []
    for run in range(runs):
        for found, more_kinds in ((ours, False), (more, True)):
            folder = tmp_path / f"{run} {more_kinds}"
            found.append(small_rounds_of(database, folder, more_kinds=more_kinds))
            shutil.rmtree(folder)
    bare = [took["bare"] for took in ours]
    for name, (what, target) in ROUNDS.items():
        mine = [took[name] for took in ours]
        others = [took[name] for took in more]
        figures.append(compared(f"{what} to a bare one, {kind}", mine, bare, target))
        figures.append(compared(f"{what}, 50 kinds more to without, {kind}", others, mine, 1.1))
        figures.append(Figure(f"{what}, {kind}", "ms", *milliseconds(mine)))
    figures.append(Figure(f"a bare round of 20 rows, {kind}", "ms", *milliseconds(bare)))


def milliseconds(costs: list[Cost]) -> tuple[list[float], list[float]]:
    """By the clock and of a processor."""
    return [cost.wall * 1000 for cost in costs], [cost.processor * 1000 for cost in costs]


def compared(name: str, ours: list[Cost], others: list[Cost], target: float) -> Figure:
    """Ours to the others', run by run."""
    return Figure(
        name,
        "x",
        ratios([cost.wall for cost in ours], [cost.wall for cost in others]),
        ratios([cost.processor for cost in ours], [cost.processor for cost in others]),
        target,
    )
