"""Load: 200 laptops sync at once, by two server processes on one PostgreSQL database."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

import pytest

from tests.support.benchmarks.load import all_sync_at_once
from tests.support.storage.postgres import fresh_database, postgres_server

LAPTOPS, ROUNDS, CHANGES = 200, 5, 20


@pytest.mark.timeout(900)
def test_two_hundred_laptops_at_once(tmp_path: Path) -> None:
    with postgres_server() as cluster:
        load = all_sync_at_once(
            tmp_path, fresh_database(cluster), laptops=LAPTOPS, rounds=ROUNDS, changes=CHANGES
        )
    cuts = statistics.quantiles(load.seconds, n=100)
    syncs = len(load.seconds) / load.whole
    sys.stdout.write(
        f"\n{LAPTOPS} laptops at once, {CHANGES} changes a sync, two workers: {syncs:.0f} syncs "
        f"and {syncs * CHANGES:.0f} changes a second; a sync takes p50 {cuts[49] * 1000:.0f} ms, "
        f"p95 {cuts[94] * 1000:.0f} ms; {len(load.errors)} errors\n"
    )
