"""`visitapp-server retain`: the list, the run and the lease."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

import sync.server.retention.run as run_module
from sync.server.cli import main
from sync.server.operations.nightly import HELD_FOR, LEASE, lease
from tests.support.server.retained import SECRET, Scene, texts_of
from tests.support.sync.council import Council
from visitapp.records import AuditEntry, LegalHold
from visitapp.storage.database import utc_now


@pytest.fixture
def scene(council: Council, tmp_path: Path) -> Scene:
    """A setting whose contract ended more than six years before this machine's today."""
    made = Scene(council, tmp_path)
    made.end_contract()
    return made


def entries(scene: Scene, what: str) -> list[str]:
    with scene.council.database.reading() as session:
        found = select(AuditEntry.detail).where(AuditEntry.what == what)
        return list(session.scalars(found.order_by(AuditEntry.number)))


def retain(scene: Scene, *words: str) -> Result:
    (file,) = scene.council.folder.glob("*.db")
    given = {"VISITAPP_DATABASE": f"sqlite:///{file.as_posix()}"}
    return CliRunner().invoke(main, ["retain", *words], env=given)


def test_the_list_comes_first_and_the_run_removes_it(scene: Scene) -> None:
    listed = retain(scene, "--dry-run")
    assert listed.exit_code == 0, listed.output
    assert "contract\tAlder House\t2018-05-01\taction: 1, answer: 2" in listed.output
    assert "To be removed: " in listed.output
    assert SECRET in texts_of(scene.council)
    as_json = retain(scene, "--dry-run", "--json").output.splitlines()
    done = retain(scene, "--json").output.splitlines()
    assert [json.loads(line) for line in done] == [json.loads(line) for line in as_json]
    assert SECRET not in texts_of(scene.council)
    assert retain(scene).output == "Removed: 0 records.\n"


def test_a_run_during_the_nightly_work_does_nothing(scene: Scene) -> None:
    with lease(scene.council.database, utc_now, LEASE, HELD_FOR):
        refused = retain(scene)
    assert refused.exit_code == 1
    assert "already running" in refused.output
    assert SECRET in texts_of(scene.council)


def test_a_run_that_fails_leaves_what_it_has_not_removed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_module, "AT_ONCE", 1)
    monkeypatch.setattr(run_module, "_hashes", lambda *_: 1 / 0)
    assert retain(scene).exit_code == 1
    monkeypatch.undo()
    assert SECRET in texts_of(scene.council)
    assert retain(scene).exit_code == 0
    assert SECRET not in texts_of(scene.council)


def holds(scene: Scene, *words: str) -> Result:
    (file,) = scene.council.folder.glob("*.db")
    given = {"VISITAPP_DATABASE": f"sqlite:///{file.as_posix()}"}
    return CliRunner().invoke(main, ["legal-holds", *words], env=given)


def test_a_hold_set_at_the_server_keeps_records_until_it_is_lifted(scene: Scene) -> None:
    """A lead's device receives it; the audit log has no reason and no code."""
    done = holds(scene, "set", "setting", scene.home, "--reason", "A claim by Mrs Example")
    assert done.exit_code == 0, done.output
    (held,) = map(json.loads, holds(scene, "list", "--json").output.splitlines())
    assert (held["named"], held["reason"]) == ("Alder House", "A claim by Mrs Example")
    assert retain(scene).exit_code == 0
    assert SECRET in texts_of(scene.council)
    scene.lee.sync()
    (row,) = scene.lee.all(LegalHold)
    assert (row.id, row.active) == (held["id"], True)
    assert holds(scene, "lift", held["id"], "--reason", "Settled").exit_code == 0
    assert holds(scene, "list").output == ""
    assert "has been lifted" in holds(scene, "lift", held["id"], "--reason", "Again").output
    assert retain(scene).exit_code == 0
    assert SECRET not in texts_of(scene.council)
    told = entries(scene, "legal_hold_set") + entries(scene, "legal_hold_lifted")
    assert [json.loads(one)["subject"] for one in told] == ["setting", "setting"]
    assert not any("Mrs Example" in one for one in told)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "setting", "none", "--reason", "A claim"), "The server has no setting none."),
        (("set", "person", "P31", "--reason", " "), "Give the reason"),
        (("set", "person", "Mrs Example of Room 4", "--reason", "A claim"), "code"),
        (("lift", "none", "--reason", "Settled"), "There is no such legal hold"),
    ],
)
def test_a_hold_that_cannot_be_is_refused(scene: Scene, words: tuple[str, ...], said: str) -> None:
    refused = holds(scene, *words)
    assert refused.exit_code == 1
    assert said in refused.output
    assert holds(scene, "list").output == ""
