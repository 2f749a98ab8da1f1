"""The files of a device show nothing of what was written in them."""

from __future__ import annotations

from pathlib import Path

from tests.support.desk.keyrings import MemoryKeyring
from tests.support.desk.made import a_setting, a_visit, an_action, an_answer
from visitapp.storage.database import open_device
from visitapp.storage.keys.device_key import unlock
from visitapp.storage.state import LocalStates

WORDS = ("Larkfield Court", "pressure sores", "Order new hoists", "refresh-token-1", "LN9 9ZZ")


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_no_file_shows_plain_text_while_open_or_after(tmp_path: Path) -> None:
    key = unlock(tmp_path, "correct horse battery", MemoryKeyring())
    database = open_device(tmp_path, key)
    with database.transaction("officer-1") as session:
        session.add(a_setting(id="home", name="Larkfield Court", postcode="LN9 9ZZ"))
        session.add(a_visit("home", id="visit"))
        session.add(an_answer("home", "visit", "q1", note="Two people had pressure sores."))
        session.add(an_action("home", title="Order new hoists"))
        LocalStates.set(session, "refresh_token", "refresh-token-1")
    open_files = files(tmp_path)
    assert open_files["visitapp.db-wal"]
    database.close()
    for name, content in [*open_files.items(), *files(tmp_path).items()]:
        for word in (*WORDS, "correct horse battery", "CREATE TABLE", "SQLite format", key.hex()):
            assert word.encode() not in content, (name, word)
        assert key not in content
