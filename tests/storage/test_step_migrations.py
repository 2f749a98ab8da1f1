"""What older programs kept as states becomes steps, and so does what waits to be sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from tests.support.storage.old_records import with_an_old_setting
from tests.support.storage.postgres import fresh_database
from visitapp.records import Action, Conflict, Outbox, Step
from visitapp.storage.database import migrate_server, open_device, open_server
from visitapp.storage.migrations import Migrations

OLD_ACTION = """
INSERT INTO action (id, created_at, created_by, deleted, revision, field_revisions, setting_id,
    question, title, owner, priority, due_on, status, done_on, verified_by, verified_at)
VALUES (:id, '2026-11-01 09:00:00', 'officer-1', false, 7, '{}', :setting, '', 'Mend', '', 'high',
    '2026-12-01', :status, :done_on, NULL, NULL)
"""
WAITS = """
INSERT INTO outbox (kind, record_id, setting_id, created, fields, changed_at)
VALUES ('action', :id, :setting, :created, :fields, '2026-11-01 09:00:00')
"""


@pytest.fixture
def at_first(program: Callable[[str], Migrations]) -> Migrations:
    """The revisions of the program that had no steps."""
    return program("0001")


def test_states_of_actions_become_the_base_of_their_steps(
    tmp_path: Path, key: bytes, at_first: Migrations
) -> None:
    folder = tmp_path / "profile"
    first = open_device(folder, key, migrations=at_first)
    with_an_old_setting(first)
    with first.applying() as session:
        setting = session.execute(text("SELECT id FROM setting")).scalar()
        for id_, status in (("a", "cancelled"), ("b", "done"), ("c", "done"), ("d", "done")):
            done = "2026-11-20" if status == "done" else None
            values = {"id": id_, "setting": setting, "status": status, "done_on": done}
            session.execute(text(OLD_ACTION), values)
        mark = '{"status": {"old": "in_progress", "base": 7}, "done_on": {"old": null, "base": 7}}'
        title = '{"title": {"old": "Paint", "base": 7}}'
        for id_, created, fields in (("c", False, mark), ("d", True, "{}"), ("b", False, title)):
            values = {"id": id_, "setting": setting, "created": created, "fields": fields}
            session.execute(text(WAITS), values)
    first.close()

    upgraded = open_device(folder, key)
    with upgraded.reading() as session:
        states = {a.id: (a.status, a.done_on) for a in session.scalars(select(Action))}
        due = {(a.first_due_on, a.moved_count) for a in session.scalars(select(Action))}
        waiting = {row.record_id: row.fields for row in session.scalars(select(Outbox))}
    assert states == {
        "a": ("withdrawn", None),
        "b": ("done", date(2026, 11, 20)),
        "c": ("in_progress", None),
        "d": ("open", None),
    }
    assert due == {(date(2026, 12, 1), 0)}
    assert {id_: set(waiting[id_]) for id_ in "bcd"} == {"b": {"title"}, "c": set(), "d": set()}
    upgraded.close()


def test_an_old_server_takes_steps_after_its_upgrade(
    tmp_path: Path, postgres: str, at_first: Migrations
) -> None:
    for url in (f"sqlite:///{tmp_path / 'old.db'}", fresh_database(postgres)):
        first = open_server(url, migrations=at_first)
        with_an_old_setting(first)
        with first.applying() as session:
            setting = session.execute(text("SELECT id FROM setting")).scalar()
            values = {"id": "a", "setting": setting, "status": "cancelled", "done_on": None}
            session.execute(text(OLD_ACTION), values)
        first.close()
        migrate_server(url)
        upgraded = open_server(url)
        with upgraded.reading() as session:
            action = session.scalars(select(Action)).one()
            assert (action.status, action.reopened_count) == ("withdrawn", 0)
        upgraded.close()


OLD_CONFLICT = """
INSERT INTO conflict (id, created_at, created_by, deleted, revision, field_revisions, setting_id,
    kind, record_id, field, other_by, other_at, other_device, status, kept, settled_by, settled_at)
VALUES (:id, '2026-11-01 09:00:00', 'officer-1', false, 7, '{}', :setting, 'action', 'a', :field,
    'officer-1', '2026-11-01 09:00:00', '', :status, :kept, :by, :at)
"""
STEP = """
INSERT INTO step (id, created_at, created_by, deleted, revision, field_revisions, setting_id, kind,
    record_id, before, after, reason, fields, was, accepted)
VALUES ('s', '2026-11-01 09:00:00', 'officer-1', false, 7, '{}', :setting, 'action', 'a', 'open',
    'done', '', '{}', '{}', false)
"""
OPEN = {"status": "open", "kept": None, "by": None, "at": None}
SETTLED = {
    "field": "owner",
    "status": "settled",
    "kept": "other",
    "by": "lead-1",
    "at": "2026-11-02 10:00:00",
}
SETTLEMENT_WAITS = """
INSERT INTO outbox (kind, record_id, setting_id, created, fields, changed_at, batch)
VALUES ('conflict', 'c', :setting, false, :fields, '2026-11-02 10:00:00', 1)
"""


def test_a_settlement_that_waits_becomes_a_step_that_waits(
    tmp_path: Path, key: bytes, program: Callable[[str], Migrations]
) -> None:
    folder = tmp_path / "profile"
    older = open_device(folder, key, migrations=program("0009"))
    with_an_old_setting(older)
    with older.applying() as session:
        setting = session.execute(text("SELECT id FROM setting")).scalar()
        session.execute(text(OLD_CONFLICT), {"id": "c", "setting": setting, **SETTLED})
        fields = '{"status": {"old": "open", "base": 7}, "kept": {"old": null, "base": 7}}'
        session.execute(text(SETTLEMENT_WAITS), {"setting": setting, "fields": fields})
        sent = "INSERT INTO sent_batch (number, id, payload, made_at) VALUES (1, 'b', x'00', :at)"
        session.execute(text(sent), {"at": "2026-11-02 10:00:00"})
    older.close()

    upgraded = open_device(folder, key)
    with upgraded.reading() as session:
        (step,) = session.scalars(select(Step))
        (waiting,) = session.scalars(select(Outbox).where(Outbox.kind != "setting"))
        conflict = session.scalars(select(Conflict)).one()
        assert session.execute(text("SELECT count(*) FROM sent_batch")).scalar() == 0
    assert (step.kind, step.record_id, step.before, step.after) == (
        *("conflict", "c"),
        *("open", "settled"),
    )
    assert (step.setting_id, step.created_by, step.fields) == (setting, "lead-1", {"kept": "other"})
    assert step.created_at == datetime(2026, 11, 2, 10, tzinfo=UTC)
    assert (waiting.kind, waiting.record_id, waiting.created, waiting.fields, waiting.batch) == (
        *("step", step.id),
        *(True, {}, None),
    )
    assert (conflict.status, conflict.kept) == ("settled", "other")
    upgraded.close()


def test_open_conflicts_over_the_state_of_an_action_keep_the_servers(
    tmp_path: Path, postgres: str, at_first: Migrations
) -> None:
    """No step of theirs can be taken again. Those over other fields, and those of steps, stay."""
    for url in (f"sqlite:///{tmp_path / 'old.db'}", fresh_database(postgres)):
        first = open_server(url, migrations=at_first)
        with_an_old_setting(first)
        with first.applying() as session:
            setting = session.execute(text("SELECT id FROM setting")).scalar()
            for field in ("status", "due_on", "verified_by", "owner"):
                values = {"id": field, "setting": setting, "field": field, **OPEN}
                session.execute(text(OLD_CONFLICT), values)
        first.close()
        migrate_server(url)
        upgraded = open_server(url)
        with upgraded.reading() as session:
            states = {c.field: (c.status, c.kept) for c in session.scalars(select(Conflict))}
        upgraded.close()
        assert states == {
            **dict.fromkeys(("status", "due_on", "verified_by"), ("settled", "server")),
            "owner": ("open", None),
        }


def test_an_open_conflict_over_a_step_of_an_action_stays(
    tmp_path: Path, key: bytes, program: Callable[[str], Migrations]
) -> None:
    folder = tmp_path / "profile"
    older = open_device(folder, key, migrations=program("0013"))
    with_an_old_setting(older)
    with older.applying() as session:
        setting = session.execute(text("SELECT id FROM setting")).scalar()
        session.execute(text(STEP), {"setting": setting})
        values = {"id": "c", "setting": setting, "field": "status", **OPEN}
        session.execute(text(OLD_CONFLICT), values)
        session.execute(text("UPDATE conflict SET step_id = 's'"))
    older.close()

    upgraded = open_device(folder, key)
    with upgraded.reading() as session:
        assert [c.status for c in session.scalars(select(Conflict))] == ["open"]
    upgraded.close()
