"""The daily work: under a lease, job by job, and safe to run twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from sync.server.cli import main
from sync.server.operations.nightly import HELD_FOR, LEASE, lease, run_nightly
from tests.support.sync.council import Council
from visitapp.errors import Code, Refused
from visitapp.records import Lease
from visitapp.storage.database import Database


def leases(council: Council) -> list[str]:
    with council.database.reading() as session:
        return list(session.scalars(select(Lease.name)))


def test_only_one_run_holds_the_lease(any_council: Council) -> None:
    council = any_council
    with lease(council.database, council.clock, LEASE, HELD_FOR):
        with pytest.raises(Refused, match="already running") as why:
            list(run_nightly(council.database, council.clock))
        assert why.value.code == Code.ALREADY_RUNNING
        assert leases(council) == [LEASE]
    assert leases(council) == []
    assert list(run_nightly(council.database, council.clock)) != []


def test_the_lease_of_a_run_that_died_ends(any_council: Council) -> None:
    council = any_council
    dead = lease(council.database, council.clock, LEASE, HELD_FOR)
    dead.__enter__()
    council.clock.now += HELD_FOR + timedelta(minutes=1)
    assert list(run_nightly(council.database, council.clock)) != []
    assert leases(council) == []


def test_a_job_that_fails_lets_the_lease_go(council: Council) -> None:
    done: list[str] = []

    def works(database: Database, clock: object) -> list[str]:
        done.append("work")
        return ["Worked."]

    def fails(database: Database, clock: object) -> list[str]:
        raise ValueError("broken")

    lines = run_nightly(council.database, council.clock, (works, fails))
    assert next(lines) == "Worked."
    with pytest.raises(ValueError, match="broken"):
        next(lines)
    assert (done, leases(council)) == (["work"], [])


def test_the_command_runs_twice(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'server.db'}"
    council = Council(tmp_path / "council", url)
    council.close()
    for _ in range(2):
        ran = CliRunner().invoke(main, ["nightly", "--database", url])
        assert ran.exit_code == 0, ran.output
        assert "Photos and documents deleted: 0 (0 bytes)." in ran.output


def test_the_moment_is_kept_in_utc(council: Council) -> None:
    with lease(council.database, council.clock, LEASE, HELD_FOR):
        with council.database.reading() as session:
            until = session.scalars(select(Lease.until)).one()
        assert isinstance(until, datetime)
        assert until.tzinfo is not None
