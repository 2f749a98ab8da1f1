"""A database of an earlier program, with a record of every kind it knew, changes that wait and a
conflict that is open, is upgraded on a device and on both servers without losing a value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    insert,
    select,
)

from tests.support.storage.postgres import fresh_database
from visitapp.records import KINDS, Base
from visitapp.storage.database import Database, migrate_server, open_device, open_server
from visitapp.storage.migrations import SHIPPED, Migrations

EARLIER = [revision for revision in SHIPPED.revisions[:-1] if revision >= "0015"]
MOMENT = datetime(2026, 11, 3, 9, tzinfo=UTC)
Rows = dict[str, dict[str, Any]]


def test_every_revision_since_placement_positions_is_tried() -> None:
    assert len(EARLIER) >= 12


@pytest.mark.parametrize("revision", EARLIER)
def test_nothing_is_lost_by_an_upgrade(
    tmp_path: Path,
    key: bytes,
    postgres: str,
    program: Callable[[str], Migrations],
    revision: str,
) -> None:
    older = program(revision)
    urls = [f"sqlite:///{tmp_path / 'old.db'}"]
    if revision in (EARLIER[0], EARLIER[-1], "0020"):
        urls.append(fresh_database(postgres))
    filled = [fill(open_server(url, migrations=older)) for url in urls]
    filled.append(fill(open_device(tmp_path / "profile", key, migrations=older)))
    for url in urls:
        migrate_server(url)
    upgraded = [*map(open_server, urls), open_device(tmp_path / "profile", key)]
    for rows, database in zip(filled, upgraded, strict=True):
        require_kept(rows, database)
        database.close()


def fill(database: Database) -> Rows:
    """A row in every table of synced records, an edit of each that waits, and an open conflict;
    the rows as they were written."""
    tables = MetaData()
    tables.reflect(database.engine)
    written: Rows = {}
    with database.engine.begin() as connection:
        for table in tables.sorted_tables:
            if table.name in KINDS:
                row = {column.name: _value(table, column) for column in table.columns}
                connection.execute(insert(table).values(row))
                written[table.name] = row
        outbox = tables.tables["outbox"]
        for sequence, name in enumerate(written, 1):
            waits = _waiting(outbox, name) | {"sequence": sequence}
            connection.execute(insert(outbox).values(waits))
    database.close()
    return written


def require_kept(rows: Rows, database: Database) -> None:
    """Every row is there with the values that it had, its change waits, and the schema is ours."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        for name, row in rows.items():
            table = Base.metadata.tables[name]
            found = connection.execute(select(table).where(table.c.id == row["id"])).one()
            for field, value in row.items():
                if field in table.columns:
                    assert getattr(found, field) == value, f"{name}.{field}"
        outbox = Base.metadata.tables["outbox"]
        waiting = connection.execute(select(outbox.c.kind, outbox.c.record_id, outbox.c.fields))
        assert {(one.kind, one.record_id) for one in waiting if one.fields == EDIT} >= {
            (name, id_of(name)) for name in rows
        }
        conflict = Base.metadata.tables["conflict"]
        assert connection.execute(select(conflict.c.status)).scalars().all() == ["open"]


EDIT = {"deleted": {"old": False, "base": 1}}


def id_of(table: str) -> str:
    return f"the-{table}"


def _waiting(outbox: Table, name: str) -> dict[str, Any]:
    needed = {
        column.name: _value(outbox, column)
        for column in outbox.columns
        if not column.nullable and column.server_default is None
    }
    about = {"kind": name, "record_id": id_of(name), "setting_id": id_of("setting")}
    return {**needed, **about, "created": False, "fields": EDIT, "changed_at": MOMENT}


def _value(table: Table, column: Column[Any]) -> Any:
    """A value of the column's type; of a reference, the row of its table."""
    if column.name == "id":
        return id_of(table.name)
    if column.foreign_keys:
        parent = next(iter(column.foreign_keys)).column.table.name
        return None if parent == table.name else id_of(parent)
    now = Base.metadata.tables[table.name].columns.get(column.name)
    choices = now.info.get("choices") if now is not None else None
    if choices is not None:
        return next(iter(choices)).value
    if table.name in ("conflict", "history", "step") and column.name == "kind":
        return "setting"
    if column.name == "record_id":
        return id_of("setting")
    match column.type:
        case JSON():
            return {}
        case Boolean():
            return False
        case Integer():
            return 1
        case Date():
            return date(2026, 11, 3)
        case DateTime():
            return MOMENT
        case LargeBinary():
            return b""
        case _:
            return "w"
