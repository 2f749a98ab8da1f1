"""Migrations: they make what the records declare, and an upgrade loses nothing.

An older database is one that the shipped revisions made; a newer program is a copy of them with
one revision more.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, inspect, select, text

from tests.support.desk.made import a_setting
from tests.support.storage.postgres import fresh_database
from visitapp.errors import Code, EnvironmentProblem, Refused
from visitapp.records import Base, Setting
from visitapp.storage import migrations
from visitapp.storage.database import Database, migrate_server, open_device, open_server
from visitapp.storage.migrations import SHIPPED, Migrations

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{down}"

def upgrade() -> None:
    with op.batch_alter_table("setting") as table:
        table.add_column(sa.Column("nickname", sa.String(20)))
    op.execute("UPDATE setting SET nickname = 'Dear ' || name")
    {then}
"""


@pytest.fixture
def newer(tmp_path: Path) -> Callable[[str], Migrations]:
    """The revisions of a newer program, which does `then` at the end of its upgrade."""

    def make(then: str = "") -> Migrations:
        folder = tmp_path / "newer"
        shutil.copytree(Path(migrations.__file__).parent, folder, dirs_exist_ok=True)
        revision = NEXT.format(down=SHIPPED.head, then=then)
        (folder / "versions" / "r9999_nicknames.py").write_text(revision, encoding="utf-8")
        return Migrations(str(folder), (*SHIPPED.revisions, "9999"))

    return make


def with_a_setting(database: Database) -> Database:
    with database.transaction("officer-1") as session:
        session.add(a_setting(name="Larkfield"))
    return database


def nicknames(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.execute(text("SELECT nickname FROM setting")).scalars())


def test_they_make_exactly_what_the_records_declare(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_list_by_hand_is_that_of_the_files() -> None:
    config = Config()
    config.set_main_option("script_location", SHIPPED.location)
    scripts = ScriptDirectory.from_config(config)
    assert tuple(reversed([script.revision for script in scripts.walk_revisions()])) == (
        SHIPPED.revisions
    )
    assert scripts.get_heads() == [SHIPPED.head]


def test_the_tables_of_both_kinds_of_server_are_alike(postgres: str, tmp_path: Path) -> None:
    opened = [open_server(fresh_database(postgres)), open_server(f"sqlite:///{tmp_path / 'a.db'}")]
    described = []
    for database in opened:
        with database.engine.connect() as connection:
            found = MetaData()
            found.reflect(connection)
            described.append(sorted(found.tables))
        database.close()
    assert described[0] == described[1]


def test_an_older_device_is_copied_then_upgraded(
    tmp_path: Path, key: bytes, newer: Callable[[str], Migrations]
) -> None:
    folder = tmp_path / "profile"
    with_a_setting(open_device(folder, key)).close()
    upgraded = open_device(folder, key, migrations=newer(""))
    assert nicknames(upgraded) == ["Dear Larkfield"]
    upgraded.close()

    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(folder / "visitapp.db.before-9999", copy / "visitapp.db")
    assert b"Larkfield" not in (copy / "visitapp.db").read_bytes()
    before = open_device(copy, key)
    with before.reading() as session:
        assert session.scalars(select(Setting.name)).all() == ["Larkfield"]
    before.close()


def test_an_older_server_is_upgraded(
    tmp_path: Path, postgres: str, newer: Callable[[str], Migrations]
) -> None:
    for url in (f"sqlite:///{tmp_path / 'server.db'}", fresh_database(postgres)):
        with_a_setting(open_server(url)).close()
        assert migrate_server(url, newer("")) == SHIPPED.head
        upgraded = open_server(url, migrations=newer(""))
        assert nicknames(upgraded) == ["Dear Larkfield"]
        upgraded.close()
    assert (tmp_path / "server.db.before-9999").exists()


def test_an_older_server_is_not_upgraded_in_passing(
    tmp_path: Path, postgres: str, newer: Callable[[str], Migrations]
) -> None:
    for url in (f"sqlite:///{tmp_path / 'server.db'}", fresh_database(postgres)):
        with_a_setting(open_server(url)).close()
        with pytest.raises(EnvironmentProblem) as refused:
            open_server(url, migrations=newer(""))
        assert refused.value.code == Code.DATABASE_OLDER
        open_server(url).close()


def test_a_server_upgrade_that_fails_half_way_leaves_all_as_it_was(
    tmp_path: Path, postgres: str, newer: Callable[[str], Migrations]
) -> None:
    for url in (f"sqlite:///{tmp_path / 'server.db'}", fresh_database(postgres)):
        with_a_setting(open_server(url)).close()
        with pytest.raises(ZeroDivisionError):
            migrate_server(url, newer("1 / 0"))
        still = open_server(url)
        with still.reading() as session:
            assert session.scalars(select(Setting.name)).all() == ["Larkfield"]
            columns = inspect(session.connection()).get_columns("setting")
        still.close()
        assert "nickname" not in {column["name"] for column in columns}


def test_an_empty_database_is_not_migrated_into_a_server(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    assert migrate_server(url) is None
    engine = create_engine(url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_an_upgrade_that_fails_changes_nothing(
    tmp_path: Path, key: bytes, newer: Callable[[str], Migrations]
) -> None:
    with_a_setting(open_device(tmp_path, key)).close()
    with pytest.raises(ZeroDivisionError):
        open_device(tmp_path, key, migrations=newer("1 / 0"))
    still = open_device(tmp_path, key)
    with still.reading() as session:
        assert session.scalars(select(Setting.name)).all() == ["Larkfield"]
    still.close()


def test_a_newer_device_database_is_refused_untouched(
    tmp_path: Path, key: bytes, newer: Callable[[str], Migrations]
) -> None:
    open_device(tmp_path, key, migrations=newer("")).close()
    before = (tmp_path / "visitapp.db").read_bytes()
    with pytest.raises(EnvironmentProblem) as refused:
        open_device(tmp_path, key)
    assert refused.value.code == Code.DATABASE_NEWER
    assert (tmp_path / "visitapp.db").read_bytes() == before


def test_a_newer_server_database_is_refused(
    tmp_path: Path, postgres: str, newer: Callable[[str], Migrations]
) -> None:
    for url in (f"sqlite:///{tmp_path / 'server.db'}", fresh_database(postgres)):
        open_server(url, migrations=newer("")).close()
        with pytest.raises(EnvironmentProblem) as refused:
            open_server(url)
        assert refused.value.code == Code.DATABASE_NEWER


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'theirs.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE song (title TEXT)"))
    engine.dispose()
    with pytest.raises(EnvironmentProblem) as refused:
        open_server(url)
    assert refused.value.code == Code.DATABASE_DAMAGED


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://a@b/c", "sqlite://", "sqlite:///:memory:"]
)
def test_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(Refused, match="address") as refused:
        open_server(url)
    assert refused.value.code == Code.BAD_VALUE


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        open_server(f"postgresql://nobody@/none?host={tmp_path}")
    assert refused.value.code == Code.DATABASE_UNREACHABLE
    with pytest.raises(EnvironmentProblem) as unwritable:
        open_server(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}")
    assert unwritable.value.code == Code.FOLDER_UNUSABLE


def test_the_password_of_an_address_is_in_no_message() -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        open_server("postgresql://nobody:sesame@127.0.0.1:1/none")
    assert not re.search("sesame", f"{refused.value} {refused.value.__cause__}")
