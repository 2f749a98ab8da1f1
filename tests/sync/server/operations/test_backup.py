"""Backups: whole, consistent, the same for both databases; what is spoiled is refused untouched."""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import inspect, select, text

from sync.server.audit.query import verify
from sync.server.operations.backup import FORMAT, HEAD_BYTES, MAGIC, tables, write_backup
from sync.server.operations.restore import checked, restore
from sync.server.records.restorations import RESTORED_FROM
from sync.server.records.revisions import current
from tests.support.storage.postgres import fresh_database
from tests.support.sync.council import Council
from visitapp.errors import BadFile, Code, Refused
from visitapp.records import Action, BatchReply, EvidenceChunk, Setting
from visitapp.storage.database import Database, open_server
from visitapp.storage.engines import server_engine

CHANGED = {"counter", "audit_entry", "audit_head", "restoration"}
"""Tables in which a restore writes something of its own."""

BYTES = bytes(range(256))


def content(database: Database) -> dict[str, list[Any]]:
    with database.reading() as session:
        return {
            table.name: [
                tuple(row)
                for row in session.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in tables()
        }


def with_everything(council: Council) -> None:
    """A council in which something of most kinds was recorded, odd characters and bytes too."""
    ann = council.officer("ann")
    setting = ann.setting("Tŷ Gwyn \u2028 “Alder” \n 介護 👵")
    visit = ann.visit(setting, plans="met", calls="met")
    ann.sign_off(visit, council.library)
    ann.action(setting)
    ann.sync()
    with council.database.applying() as session:
        session.add(EvidenceChunk(content_id="c", start=0, attempt="a", taken=True, sealed=BYTES))


@pytest.fixture
def saved(any_council: Council, tmp_path: Path) -> Path:
    with_everything(any_council)
    write_backup(any_council.database, tmp_path / "backup", any_council.clock)
    return tmp_path / "backup"


def test_all_of_it_comes_back_into_either_kind_of_database(
    any_council: Council, saved: Path, tmp_path: Path, postgres: str
) -> None:
    before = content(any_council.database)
    for url in (f"sqlite:///{tmp_path}/other.db", fresh_database(postgres)):
        header = restore(saved, url, any_council.clock)
        assert header.server_id == any_council.server_id
        database = open_server(url)
        after = content(database)
        assert {n: rows for n, rows in after.items() if n not in CHANGED} == {
            n: rows for n, rows in before.items() if n not in CHANGED
        }
        # The entry about the backup itself is not in it; the one about the restore is new.
        assert after["audit_entry"][:-1] == before["audit_entry"][:-1]
        with database.reading() as session:
            verdict = verify(session.connection())
            assert current(session.connection())[1] > RESTORED_FROM
        assert verdict.bad is None
        assert verdict.head.number == header.audit_number + 1
        database.close()


def test_a_restored_server_goes_on_working(saved: Path, postgres: str, tmp_path: Path) -> None:
    for number, url in enumerate((f"sqlite:///{tmp_path}/on.db", fresh_database(postgres))):
        restore(saved, url)
        council = Council(tmp_path / f"on-{number}", url)
        ben = council.officer("ben")
        setting = ben.setting()
        assert ben.sync().accepted == 1
        assert council.get(Setting, setting).revision > RESTORED_FROM
        council.close()


def test_a_backup_of_a_running_server_is_one_moment(any_council: Council, tmp_path: Path) -> None:
    """Each transaction writes an action and its batch reply: the copy never has one without."""
    ann = any_council.officer("ann")
    setting = ann.setting()
    ann.sync()
    stop = threading.Event()

    def write_on() -> None:
        while not stop.is_set():
            ann.action(setting)
            ann.sync()

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        for number in range(4):
            before = len(any_council.all(Action))
            while len(any_council.all(Action)) == before:
                continue
            write_backup(any_council.database, tmp_path / f"{number}", any_council.clock)
    finally:
        stop.set()
        writer.join()
    for number in range(4):
        header = checked(tmp_path / f"{number}")
        assert header.counts[BatchReply.__tablename__] == header.counts[Action.__tablename__] + 1
    url = f"sqlite:///{tmp_path}/copy.db"
    header = restore(tmp_path / "3", url)
    copy = open_server(url)
    with copy.reading() as session:
        assert max(session.scalars(select(Action.revision))) <= header.revision
        assert verify(session.connection()).bad is None
    copy.close()


def cut(data: bytes) -> bytes:
    return data[:-1]


def cut_in_the_head(data: bytes) -> bytes:
    return data[: HEAD_BYTES // 2]


def head_only(data: bytes) -> bytes:
    return data[:HEAD_BYTES]


def grown(data: bytes) -> bytes:
    return data + b"\0"


def altered(data: bytes) -> bytes:
    middle = (HEAD_BYTES + len(data)) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def altered_head(data: bytes) -> bytes:
    return data.replace(b'"revision":', b'"revision":1', 1)


def resealed(data: bytes, **fields: Any) -> bytes:
    told = msgspec.json.decode(data[len(MAGIC) : HEAD_BYTES])["header"] | fields
    header = msgspec.json.encode(told)
    sealed = {"header": msgspec.Raw(header), "sha256": hashlib.sha256(header).hexdigest()}
    return (MAGIC + msgspec.json.encode(sealed)).ljust(HEAD_BYTES) + data[HEAD_BYTES:]


def other_counts(data: bytes) -> bytes:
    counts = msgspec.json.decode(data[len(MAGIC) : HEAD_BYTES])["header"]["counts"]
    return resealed(data, counts={**counts, "action": 1000})


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (cut, Code.FILE_UNREADABLE),
        (cut_in_the_head, Code.FILE_UNREADABLE),
        (head_only, Code.FILE_UNREADABLE),
        (grown, Code.FILE_UNREADABLE),
        (altered, Code.FILE_UNREADABLE),
        (altered_head, Code.FILE_UNREADABLE),
        (other_counts, Code.FILE_UNREADABLE),
        (lambda data: resealed(data, format=FORMAT + 1), Code.DATABASE_NEWER),
        (lambda data: resealed(data, schema="9999"), Code.DATABASE_NEWER),
        (lambda data: b"", Code.FILE_UNKNOWN),
        (lambda data: b"PK\x03\x04" + data, Code.FILE_UNKNOWN),
    ],
)
def test_a_spoiled_file_is_refused_and_nothing_is_made(
    council: Council, tmp_path: Path, spoil: Callable[[bytes], bytes], code: Code
) -> None:
    with_everything(council)
    write_backup(council.database, tmp_path / "backup", council.clock)
    spoiled = tmp_path / "spoiled"
    spoiled.write_bytes(spoil((tmp_path / "backup").read_bytes()))
    url = f"sqlite:///{tmp_path}/never.db"
    with pytest.raises(BadFile) as refused:
        restore(spoiled, url)
    assert refused.value.code == code
    assert not (tmp_path / "never.db").exists()


def test_a_database_that_holds_something_is_left_alone(
    any_council: Council, saved: Path, empty_url: str
) -> None:
    occupied = open_server(empty_url)
    with occupied.applying() as session:
        session.execute(text("INSERT INTO local_state (name, value) VALUES ('x', '1')"))
    occupied.close()
    with pytest.raises(Refused) as refused:
        restore(saved, empty_url)
    assert refused.value.code == Code.ALREADY_THERE
    engine = server_engine(empty_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM action")).scalar() == 0
    engine.dispose()


def test_a_file_that_is_there_is_not_written_over(council: Council, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("mine", encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        write_backup(council.database, tmp_path / "kept", council.clock)
    assert refused.value.code == Code.ALREADY_THERE
    with pytest.raises(BadFile):
        write_backup(council.database, tmp_path / "no folder" / "file", council.clock)
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "mine"


def test_an_empty_database_file_can_be_restored_into(
    council: Council, tmp_path: Path, empty_server: Path
) -> None:
    write_backup(council.database, tmp_path / "backup", council.clock)
    shutil.copy(empty_server, tmp_path / "empty.db")
    restore(tmp_path / "backup", f"sqlite:///{tmp_path}/empty.db")
    engine = server_engine(f"sqlite:///{tmp_path}/empty.db")
    assert "action" in inspect(engine).get_table_names()
    engine.dispose()
