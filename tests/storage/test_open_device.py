"""Opening a device's database: the right key, a wrong one, a newer one, a damaged one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.support.desk.keyrings import MemoryKeyring
from tests.support.desk.made import a_setting
from visitapp.errors import Code, EnvironmentProblem
from visitapp.records import Setting
from visitapp.storage.database import Database, open_device
from visitapp.storage.keys.device_key import unlock


def content(folder: Path) -> dict[str, bytes]:
    """Every file but an empty log and its index, which SQLite makes anew whenever it looks."""
    kept = {f.name: f.read_bytes() for f in folder.iterdir() if not f.name.endswith("-shm")}
    return {name: data for name, data in kept.items() if data or not name.endswith("-wal")}


def with_a_setting(folder: Path, key: bytes) -> Database:
    database = open_device(folder, key)
    with database.transaction("officer-1") as session:
        session.add(a_setting())
    return database


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Setting.name)))


def test_it_opens_again_with_its_key(tmp_path: Path, key: bytes) -> None:
    with_a_setting(tmp_path, key).close()
    again = open_device(tmp_path, key)
    assert names(again) == ["Willowmere House"]
    again.close()


def test_every_connection_is_durable_and_checked(device: Database) -> None:
    with device.reading() as one, device.reading() as other:
        for session in (one, other):
            connection = session.connection()
            said = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
            assert said == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "busy_timeout": 10_000,
            }


def test_a_wrong_key_says_so_and_touches_nothing(tmp_path: Path, key: bytes) -> None:
    with_a_setting(tmp_path, key).close()
    before = content(tmp_path)
    with pytest.raises(EnvironmentProblem) as refused:
        open_device(tmp_path, bytes(32))
    assert refused.value.code == Code.WRONG_KEY
    assert content(tmp_path) == before


def test_a_wrong_key_leaves_the_log_of_a_crash_alone(tmp_path: Path, key: bytes) -> None:
    database = with_a_setting(tmp_path / "live", key)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for file in (tmp_path / "live").glob("visitapp.db*"):
        (crashed / file.name).write_bytes(file.read_bytes())
    database.close()
    (crashed / "visitapp.db-shm").unlink()
    before = content(crashed)
    assert before["visitapp.db-wal"]
    with pytest.raises(EnvironmentProblem) as refused:
        open_device(crashed, bytes(32))
    assert refused.value.code == Code.WRONG_KEY
    assert content(crashed) == before
    recovered = open_device(crashed, key)
    assert names(recovered) == ["Willowmere House"]
    recovered.close()


def test_nothing_is_printed_about_a_wrong_key(
    tmp_path: Path, key: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with_a_setting(tmp_path, key).close()
    with pytest.raises(EnvironmentProblem):
        open_device(tmp_path, bytes(32))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("size", [100, 4096, 20_000])
def test_a_cut_database_is_damaged_not_locked(tmp_path: Path, size: int) -> None:
    key = unlock(tmp_path, None, MemoryKeyring())
    with_a_setting(tmp_path, key).close()
    path = tmp_path / "visitapp.db"
    path.write_bytes(path.read_bytes()[:size])
    before = content(tmp_path)
    with pytest.raises(EnvironmentProblem) as refused:
        names(open_device(tmp_path, key))
    assert refused.value.code == Code.DATABASE_DAMAGED
    assert content(tmp_path) == before


def test_a_spoiled_first_page_is_damage_when_the_key_is_known_to_be_right(tmp_path: Path) -> None:
    key = unlock(tmp_path, None, MemoryKeyring())
    with_a_setting(tmp_path, key).close()
    path = tmp_path / "visitapp.db"
    path.write_bytes(os.urandom(4096) + path.read_bytes()[4096:])
    with pytest.raises(EnvironmentProblem) as refused:
        open_device(tmp_path, key)
    assert refused.value.code == Code.DATABASE_DAMAGED


def test_a_page_spoiled_later_is_found_when_it_is_read(tmp_path: Path, key: bytes) -> None:
    with_a_setting(tmp_path, key).close()
    path = tmp_path / "visitapp.db"
    spoiled = bytearray(path.read_bytes())
    for page in range(1, len(spoiled) // 4096):
        spoiled[page * 4096 + 100] ^= 0xFF
    path.write_bytes(spoiled)
    with pytest.raises(EnvironmentProblem) as refused:
        names(open_device(tmp_path, key))
    assert refused.value.code == Code.DATABASE_DAMAGED


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path, key: bytes) -> None:
    (tmp_path / "profile").write_text("not a folder")
    with pytest.raises(EnvironmentProblem) as refused:
        open_device(tmp_path / "profile", key)
    assert refused.value.code == Code.FOLDER_UNUSABLE


def test_a_folder_with_odd_characters_opens(tmp_path: Path, key: bytes) -> None:
    folder = tmp_path / "50% of #1? é"
    with_a_setting(folder, key).close()
    again = open_device(folder, key)
    assert names(again) == ["Willowmere House"]
    again.close()


def test_processes_that_open_a_new_folder_together_agree(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from visitapp.storage.database import open_device\n"
        "from visitapp.storage.keys.device_key import unlock\n"
        "from tests.support.desk.keyrings import NoKeyring\n"
        "from tests.support.desk.made import a_setting\n"
        "folder = Path(sys.argv[1])\n"
        "database = open_device(folder, unlock(folder, 'a long enough secret', NoKeyring()))\n"
        "with database.transaction('officer-1') as session:\n"
        "    session.add(a_setting())\n"
        "database.close()\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    running = [subprocess.Popen(command) for _ in range(4)]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0, 0]
    database = open_device(tmp_path, unlock(tmp_path, "a long enough secret", MemoryKeyring()))
    assert len(names(database)) == 4
    database.close()
