"""Ratings that an older program kept give each setting a position that is carried over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import select, text

from tests.storage.test_visit_step_migrations import OLD_SETTING
from tests.support.storage.postgres import fresh_database
from tests.support.sync.wire_values import to_wire
from visitapp.records import Outbox, PlacementPosition
from visitapp.services.placements.waiting import waiting_positions
from visitapp.storage.database import Database, migrate_server, open_device, open_server
from visitapp.storage.migrations import Migrations

OLD_RATING = """
INSERT INTO rating (id, created_at, created_by, deleted, revision, field_revisions, setting_id,
    visit_id, kind, state, visited_on, rag, provisional, reason, since, policy_version)
VALUES (:id, '2026-11-03 09:00:00', 'ann', false, :revision, '{}', :setting,
    :visit, :kind, :state, :day, :rag, false, 'Below 60 per cent.', '2026-11-03 09:00:00', '2026.1')
"""
RATINGS = [
    # setting, visit, revision, kind, state, day, rag
    ("green", "g1", 11, "quality", "stands", "2026-11-01", "red"),
    ("green", "g2", 12, "quality", "proposed", "2026-11-02", "green"),
    ("green", "g2", 13, "quality", "stands", "2026-11-02", "green"),
    ("amber", "a1", 14, "quality", "stands", "2026-11-02", "amber"),
    ("amber", "a0", 15, "quality", "stands", "2026-11-01", "green"),
    ("back", "b1", 16, "quality", "stands", "2026-11-01", "red"),
    ("back", "b2", 17, "quality", "stands", "2026-11-02", "green"),
    ("back", "b2", 18, "quality", "withdrawn", "2026-11-02", "green"),
    ("none", "n1", 19, "quality", "proposed", "2026-11-02", "green"),
    ("none", "n2", 20, "contract", "stands", "2026-11-02", "red"),
]
TODAY = date(2026, 11, 22)
CARRIED = {"green": ("open", 13), "amber": ("conditional", 14), "back": ("closed", 16)}


def fill(database: Database, *, unsent: bool = False) -> None:
    with database.applying() as session:
        for number, name in enumerate(("green", "amber", "back", "none")):
            given = {"id": name, "name": name, "service_type": "residential", "team": "East"}
            session.execute(text(OLD_SETTING), given | {"number": number})
        mine = [("green", "g3", 0, "quality", "stands", "2026-11-03", "red")] if unsent else []
        for number, (setting, visit, revision, kind, state, day, rag) in enumerate(RATINGS + mine):
            given = {"id": f"r{number}", "setting": setting, "visit": visit, "revision": revision}
            more = {"kind": kind, "state": state, "day": day, "rag": rag}
            session.execute(text(OLD_RATING), given | more)
        session.execute(text("DELETE FROM outbox"))


def positions(database: Database) -> list[PlacementPosition]:
    with database.reading() as session:
        found = select(PlacementPosition).order_by(PlacementPosition.id)
        assert session.scalars(select(Outbox)).all() == []
        return list(session.scalars(found))


def test_devices_and_servers_carry_the_same_positions_over(
    tmp_path: Path, key: bytes, postgres: str, program: Callable[[str], Migrations]
) -> None:
    urls = (f"sqlite:///{tmp_path / 'old.db'}", fresh_database(postgres))
    old = program("0014")
    device = open_device(tmp_path / "profile", key, migrations=old)
    for database in (device, *(open_server(url, migrations=old) for url in urls)):
        fill(database)
        database.close()
    for url in urls:
        migrate_server(url)
    made = []
    for upgraded in (*map(open_server, urls), open_device(tmp_path / "profile", key)):
        found = positions(upgraded)
        assert {one.setting_id: (one.position, one.revision) for one in found} == CARRIED
        assert {(one.source, one.interim) for one in found} == {("carried_over", False)}
        made.append([to_wire(one) for one in found])
        with upgraded.reading() as session:
            waits = {one.setting_id: one.shown.waits for one in waiting_positions(session, TODAY)}
        for setting in CARRIED:
            assert "Carried over from the rating, to be confirmed." in map(str, waits[setting])
        upgraded.close()
    assert made[0] == made[1] == made[2]


def test_a_red_that_is_not_sent_yet_closes_the_setting(
    tmp_path: Path, key: bytes, program: Callable[[str], Migrations]
) -> None:
    device = open_device(tmp_path / "profile", key, migrations=program("0014"))
    fill(device, unsent=True)
    device.close()
    upgraded = open_device(tmp_path / "profile", key)
    found = [one for one in positions(upgraded) if one.setting_id == "green"]
    upgraded.close()
    carried, closed = sorted(found, key=lambda one: one.interim)
    assert (carried.position, carried.source) == ("open", "carried_over")
    assert (closed.position, closed.interim, closed.revision) == ("closed", True, 0)
    assert closed.replaces_id == carried.id
