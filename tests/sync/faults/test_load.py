"""Many laptops at once, by two server processes that share nothing but the database."""

from __future__ import annotations

from pathlib import Path

from tests.support.benchmarks.load import all_sync_at_once
from tests.support.storage.postgres import fresh_database


def test_laptops_that_sync_at_once_by_two_workers_all_arrive(tmp_path: Path, postgres: str) -> None:
    load = all_sync_at_once(tmp_path, fresh_database(postgres), laptops=8, rounds=2, changes=4)
    assert len(load.seconds) == 16
