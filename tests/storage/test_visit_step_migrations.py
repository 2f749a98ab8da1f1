"""The states and reviews of visits that an older program kept or sent become steps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, text

from tests.support.storage.old_records import SETTING as OLD_SETTING
from tests.support.storage.old_records import with_an_old_setting
from tests.support.storage.postgres import fresh_database
from tests.support.sync.wire_values import to_wire
from visitapp.records import Outbox, Step
from visitapp.storage.database import migrate_server, open_device, open_server
from visitapp.storage.migrations import Migrations

OLD_VISIT = """
INSERT INTO visit (id, created_at, created_by, deleted, revision, field_revisions, setting_id,
    form_id, form_version, purpose, visited_on, announced, joined_by, discard_reason, officer_id,
    status, facts, outcome, signed_off_at, signed_off_by)
VALUES (:id, '2026-11-01 09:00:00', 'ann', false, :revision, '{}', :setting,
    'short', '1', 'annual', '2026-11-01', true, '', '', 'ann',
    :status, '{}', '{"overall": "green"}', '2026-11-02 10:00:00', 'ann')
"""
OLD_REVIEW = """
INSERT INTO review (id, created_at, created_by, deleted, revision, field_revisions, setting_id,
    visit_id, decision, comment)
VALUES (:id, '2026-11-03 09:00:00', 'lee', false, :revision, '{}', :setting, :visit, :decision,
    'Seen')
"""
VISIT_WAITS = """
INSERT INTO outbox (kind, record_id, setting_id, created, fields, changed_at, refused_code,
    held_until, batch)
VALUES (:kind, :id, :setting, :created, :fields, '2026-11-03 09:00:00', :refused, :held, :batch)
"""
SIGNING = (
    '{"status": {"old": "%s", "base": 7}, "outcome": {"old": null, "base": 7},'
    ' "joined_by": {"old": "", "base": 7}}'
)
DECIDING = '{"status": {"old": "%s", "base": 7}}'
HELD = "2026-11-03 09:00:10"


class OldDesk:
    """A device of the program that sent a visit's state as a field."""

    def __init__(self, folder: Path, key: bytes, migrations: Migrations) -> None:
        self.folder, self.key = folder, key
        self.database = open_device(folder, key, migrations=migrations)
        with_an_old_setting(self.database)
        with self.database.applying() as session:
            session.execute(text("DELETE FROM outbox"))
            self.setting = session.execute(text("SELECT id FROM setting")).scalar()

    def visit(self, id_: str, status: str, revision: int = 7) -> None:
        self._run(OLD_VISIT, id=id_, status=status, revision=revision)

    def review(self, id_: str, visit: str, decision: str, revision: int = 0) -> None:
        self._run(OLD_REVIEW, id=id_, visit=visit, decision=decision, revision=revision)

    def waits(
        self,
        kind: str,
        id_: str,
        fields: str = "{}",
        created: bool = False,
        refused: str | None = None,
        held: str | None = None,
        batch: int | None = None,
    ) -> None:
        values = {"kind": kind, "fields": fields, "created": created, "refused": refused}
        self._run(VISIT_WAITS, id=id_, held=held, batch=batch, **values)

    def _run(self, statement: str, **values: object) -> None:
        with self.database.applying() as session:
            session.execute(text(statement), {"setting": self.setting, **values})

    def upgraded(self) -> tuple[dict[str, list[str]], list[tuple[object, ...]]]:
        """After the upgrade, `from to reason` of each step by visit, and what waits: kind, state or
        fields, refusal, whether it is held."""
        self.database.close()
        upgraded = open_device(self.folder, self.key)
        with upgraded.reading() as session:
            steps = {step.id: step for step in session.scalars(select(Step).order_by(Step.id))}
            found: dict[str, list[str]] = {}
            for step in sorted(steps.values(), key=lambda step: step.created_at):
                told = f"{step.before} {step.after} {step.reason}".strip()
                found.setdefault(step.record_id, []).append(told)
            waiting = [
                (
                    *(row.kind, steps[row.record_id].after if row.created else sorted(row.fields)),
                    *(row.refused_code, row.held_until is not None),
                )
                for row in session.scalars(select(Outbox).order_by(Outbox.sequence))
                if row.record_id in steps or not row.created
            ]
            assert {row.batch for row in session.scalars(select(Outbox))} <= {None}
        upgraded.close()
        return found, waiting


@pytest.fixture
def old_desk(tmp_path: Path, key: bytes, program: Callable[[str], Migrations]) -> OldDesk:
    return OldDesk(tmp_path / "profile", key, program("0012"))


def test_states_and_reviews_that_were_sent_become_steps(old_desk: OldDesk) -> None:
    old_desk.visit("v", "approved")
    old_desk.review("r", "v", "approved", revision=8)
    steps, waiting = old_desk.upgraded()
    assert steps == {"v": ["draft signed_off", "signed_off approved Seen"]}
    assert waiting == []


def test_a_sign_off_that_waits_becomes_a_step_that_waits(old_desk: OldDesk) -> None:
    old_desk.visit("new", "signed_off", revision=0)
    old_desk.waits("visit", "new", created=True)
    old_desk.visit("again", "signed_off")
    old_desk.waits("visit", "again", SIGNING % "returned", refused="outcome-differs", batch=None)
    steps, waiting = old_desk.upgraded()
    assert steps == {"new": ["draft signed_off"], "again": ["returned signed_off"]}
    assert sorted(map(str, waiting)) == [
        "('step', 'signed_off', 'outcome-differs', False)",
        "('step', 'signed_off', None, False)",
        "('visit', ['joined_by'], 'outcome-differs', False)",
    ]


def test_reviews_that_wait_become_steps_one_after_the_other(old_desk: OldDesk) -> None:
    old_desk.visit("twice", "returned")
    old_desk.review("a", "twice", "approved")
    old_desk.review("b", "twice", "returned")
    old_desk.visit("held", "approved")
    old_desk.review("c", "held", "approved")
    for visit, old, held in (("twice", "signed_off", None), ("held", "signed_off", HELD)):
        old_desk.waits("visit", visit, DECIDING % old, held=held)
    for review, held in (("a", None), ("b", None), ("c", HELD)):
        old_desk.waits("review", review, created=True, held=held)
    steps, waiting = old_desk.upgraded()
    assert steps == {
        "twice": [
            *("draft signed_off", "signed_off approved Seen"),
            "approved returned Seen",
        ],
        "held": ["draft signed_off", "signed_off approved Seen"],
    }
    assert waiting == [
        ("step", "approved", None, False),
        ("step", "returned", None, False),
        ("step", "approved", None, True),
    ]


def test_a_batch_with_a_state_on_its_way_is_sent_anew(old_desk: OldDesk) -> None:
    old_desk.visit("v", "signed_off")
    old_desk.waits("visit", "v", SIGNING % "draft", batch=1)
    old_desk.waits("action", "a", '{"title": {"old": "x", "base": 3}}', batch=1)
    _, waiting = old_desk.upgraded()
    assert [row[0] for row in waiting] == ["visit", "action", "step"]


def test_devices_and_servers_make_the_same_steps_of_old_visits(
    tmp_path: Path, key: bytes, postgres: str, program: Callable[[str], Migrations]
) -> None:
    urls = (f"sqlite:///{tmp_path / 'old.db'}", fresh_database(postgres))
    older = [open_server(url, migrations=program("0012")) for url in urls]
    older.append(open_device(tmp_path / "profile", key, migrations=program("0012")))
    for database in older:
        with database.applying() as session:
            session.execute(text(OLD_SETTING), {"id": "s"})
            for status, id_ in (("signed_off", "v"), ("returned", "w")):
                given = {"id": id_, "status": status, "setting": "s", "revision": 7}
                session.execute(text(OLD_VISIT), given)
            given = {"id": "r", "visit": "w", "decision": "returned", "revision": 8, "setting": "s"}
            session.execute(text(OLD_REVIEW), given)
        database.close()
    made = []
    for url in urls:
        migrate_server(url)
    for upgraded in (*map(open_server, urls), open_device(tmp_path / "profile", key)):
        with upgraded.reading() as session:
            found = session.scalars(select(Step).order_by(Step.id)).all()
            made.append([(step.id, step.revision, to_wire(step)) for step in found])
        upgraded.close()
    assert made[0] == made[1] == made[2]
    assert len(made[0]) == 3
