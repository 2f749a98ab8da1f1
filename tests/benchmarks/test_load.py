"""Load: 200 laptops sync at once, by two server processes on one PostgreSQL database."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from tests.support.benchmarks.figures import Figure
from tests.support.benchmarks.load import all_sync_at_once
from tests.support.storage.postgres import fresh_database, postgres_server

LAPTOPS, ROUNDS, CHANGES = 200, 5, 20


@pytest.mark.timeout(900)
def test_two_hundred_laptops_at_once(tmp_path: Path, figures: list[Figure]) -> None:
    with postgres_server() as cluster:
        load = all_sync_at_once(
            tmp_path, fresh_database(cluster), laptops=LAPTOPS, rounds=ROUNDS, changes=CHANGES
        )
    cuts = statistics.quantiles(load.seconds, n=100)
    syncs = len(load.seconds) / load.whole
    name = f"{LAPTOPS} laptops at once"
    figures.append(Figure(f"{name}: syncs a second", "", [syncs]))
    figures.append(Figure(f"{name}: half of the syncs take", "s", [cuts[49]]))
    figures.append(Figure(f"{name}: 95 in 100 syncs take", "s", [cuts[94]]))
