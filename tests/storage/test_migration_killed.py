"""A laptop that dies during an upgrade opens again, upgrades, and has lost nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.storage.test_step_migrations import OLD_CONFLICT, SETTLED, SETTLEMENT_WAITS
from tests.storage.test_visit_step_migrations import OLD_REVIEW, OLD_VISIT, SIGNING, VISIT_WAITS
from tests.support.desk.mortals import Mortal
from tests.support.storage import dying_migrator
from tests.support.storage.dying_migrator import BEFORE_THE_COMMIT
from tests.support.storage.old_records import with_an_old_setting
from visitapp.storage.database import open_device
from visitapp.storage.migrations import SHIPPED, Migrations

ROOT = Path(__file__).parents[2]
OLD = "0008"
USUAL = ("0010", "0013", BEFORE_THE_COMMIT)
MOMENTS = [
    pytest.param(moment, marks=[] if moment in USUAL else pytest.mark.soak)
    for moment in (*(r for r in SHIPPED.revisions if r > OLD), BEFORE_THE_COMMIT)
]
HISTORY_WAITS = """
INSERT INTO outbox (kind, record_id, setting_id, created, fields, changed_at, batch)
VALUES ('history', 'h', :setting, true, '{}', '2026-11-02 10:00:00', 1)
"""
SENT = "INSERT INTO sent_batch (number, id, payload, made_at) VALUES (1, 'b', x'00', :at)"


@pytest.fixture
def old_folder(tmp_path: Path, key: bytes, program: Callable[[str], Migrations]) -> Path:
    """A desk with a bit of everything that revisions 0009 to 0014 convert, some of it on its way
    to the server."""
    folder = tmp_path / "profile"
    database = open_device(folder, key, migrations=program(OLD))
    with_an_old_setting(database)
    with database.applying() as session:
        setting = session.execute(text("SELECT id FROM setting")).scalar()

        def run(statement: str, **values: object) -> None:
            session.execute(text(statement), {"setting": setting, **values})

        waits = {"created": False, "refused": None, "held": None, "batch": None}
        run(OLD_VISIT, id="v", status="signed_off", revision=7)
        run(OLD_VISIT, id="w", status="returned", revision=7)
        run(OLD_REVIEW, id="r", visit="w", decision="returned", revision=8)
        run(VISIT_WAITS, **waits, kind="visit", id="v", fields=SIGNING % "draft")
        run(OLD_CONFLICT, id="c", **SETTLED)
        run(SETTLEMENT_WAITS, fields='{"status": {"old": "open", "base": 7}}')
        run(HISTORY_WAITS)
        session.execute(text(SENT), {"at": "2026-11-02 10:00:00"})
    database.close()
    return folder


def upgraded(folder: Path, key: bytes) -> dict[str, list[str]]:
    """Everything that the folder has after its upgrade, by table; ids that are made by chance, of
    the step that settles, by one word."""
    database = open_device(folder, key)
    with database.reading() as session:
        run = session.connection().exec_driver_sql
        assert run("PRAGMA integrity_check").scalar() == "ok"
        assert run("PRAGMA foreign_key_check").all() == []
        tables = run("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        rows = {name: run(f"SELECT * FROM {name}").all() for name in tables}
        by_chance = run("SELECT id FROM step WHERE kind = 'conflict'").scalar()
    database.close()
    assert by_chance
    return {
        name: sorted(str(row).replace(by_chance, "by chance") for row in found)
        for name, found in rows.items()
    }


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_upgrade_is_made_again(
    old_folder: Path, key: bytes, tmp_path: Path, moment: str
) -> None:
    shutil.copytree(old_folder, tmp_path / "killed")
    with Mortal(dying_migrator.main, tmp_path / "killed", key.hex(), moment) as dying:
        assert dying.stdout.read() == ""
        assert dying.wait() != 0
    assert upgraded(tmp_path / "killed", key) == upgraded(old_folder, key)
    assert (tmp_path / "killed" / f"visitapp.db.before-{SHIPPED.head}").exists()
