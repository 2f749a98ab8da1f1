"""A server from before the draw gets its key; what waits for a review keeps waiting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select, text

from tests.storage.test_visit_step_migrations import OLD_SETTING, OLD_VISIT
from tests.support.storage.postgres import fresh_database
from visitapp.records import Counter, ReviewDraw, Visit
from visitapp.storage.database import migrate_server, open_device, open_server
from visitapp.storage.migrations import Migrations

SETTING = {"id": "s", "name": "Larkfield", "service_type": "residential", "team": ""}
VISIT = {"id": "v", "status": "signed_off", "setting": "s", "revision": 7}


def test_each_server_gets_a_key_of_its_own_and_a_device_none(
    tmp_path: Path, key: bytes, postgres: str, program: Callable[[str], Migrations]
) -> None:
    urls = (f"sqlite:///{tmp_path / 'old.db'}", fresh_database(postgres))
    for url in urls:
        older = open_server(url, migrations=program("0013"))
        with older.applying() as session:
            session.execute(
                text("INSERT INTO counter (id, server_id, revision) VALUES (1, 's', 9)")
            )
        older.close()
        migrate_server(url)
    device = open_device(tmp_path / "profile", key, migrations=program("0013"))
    with device.applying() as session:
        session.execute(text(OLD_SETTING), SETTING)
        session.execute(text(OLD_VISIT), VISIT)
    device.close()
    upgraded = (*map(open_server, urls), open_device(tmp_path / "profile", key))
    keys = []
    for database in upgraded:
        with database.reading() as session:
            keys += session.scalars(select(Counter.draw_key)).all()
            assert session.scalars(select(ReviewDraw.id)).all() == []
    with upgraded[-1].reading() as session:
        assert session.scalars(select(Visit.status)).all() == ["signed_off"]
    for database in upgraded:
        database.close()
    assert [len(key) for key in keys] == [32, 32]
    assert keys[0] != keys[1]
