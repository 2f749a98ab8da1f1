"""A new key for a data folder, when somebody may have come to know the old one.

Everything is written again under the new key, beside the files in use. Then key.json names the new
key, in one step: until then the old key opens the old files, and from then on the new key opens
the new ones, which the next start puts in their places should this one be killed first.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.storage.database import Database
from visitapp.storage.engines import keyed_connection
from visitapp.storage.evidence.files import EvidenceFiles
from visitapp.storage.folder import not_written, only_process
from visitapp.storage.keys.device_key import DeviceKey, belongs_to
from visitapp.storage.keys.key_file import KEY_FILE, read_key_file
from visitapp.storage.keys.renewed_files import DATABASE, EVIDENCE, drop_renewed, waiting_for
from visitapp.storage.private import private_file, private_folder

Told = Callable[[str], None]
"""Called with the name of each step once it is done."""


def renew_key(folder: Path, device_key: DeviceKey, told: Told = lambda step: None) -> None:
    """Give the data folder a new random key, protected as the one before.

    It needs as much room again as the data takes. Raises EnvironmentProblem DATABASE_IN_USE while
    another window or command has the data open, DISK_FULL, FOLDER_UNUSABLE, or as `unlock` does;
    the old key then opens everything as before.
    """
    old, new = device_key.raw(), secrets.token_bytes(32)
    with only_process(folder):
        drop_renewed(folder)
        told("begun")
        try:
            with _exclusive(folder / DATABASE, old) as connection:
                _copy_database(connection, waiting_for(folder / DATABASE), new)
                told("database")
                _copy_evidence(folder / EVIDENCE, old, new)
                told("evidence")
                device_key.renew(new)
        except OSError as error:
            _give_up(folder)
            raise not_written(folder, error) from error
        except BaseException:
            _give_up(folder)
            raise
        told("key")
        device_key.end_renewal()
        told("ended")


def require_same_key(folder: Path, database: Database, key: bytes) -> None:
    """Raise EnvironmentProblem DATABASE_IN_USE when the key was renewed since it was read.

    From the first look into the database on no renewal can begin until it is closed."""
    with database.viewing() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    if not belongs_to(folder, key):
        raise EnvironmentProblem(
            Code.DATABASE_IN_USE,
            message("The key of this data was renewed a moment ago. Nothing was changed."),
            message("Try again."),
        )


def _give_up(folder: Path) -> None:
    # A fault may come after the new key was in place, and then the waiting files are the data.
    if not read_key_file(folder / KEY_FILE).is_moving:
        drop_renewed(folder)


@contextmanager
def _exclusive(database: Path, key: bytes) -> Iterator[Any]:
    """A connection that nobody else can have beside it. Raises DATABASE_IN_USE."""
    with closing(keyed_connection(str(database), key)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            # SQLite leaves this mode for its only connection alone.
            connection.execute("PRAGMA journal_mode = DELETE").fetchall()
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlcipher.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise EnvironmentProblem(
                Code.DATABASE_IN_USE,
                message(
                    "Another window or command has this data open, so the key was not renewed."
                ),
                message("Close Visitapp and every other command on this data, then try again."),
            ) from error
        yield connection


def _copy_database(connection: Any, copy: Path, key: bytes) -> None:
    """Copy the database to `copy`, under another key. No plain byte touches the disk."""
    private_file(copy)
    connection.execute("ATTACH DATABASE ? AS renewed KEY ?", (str(copy), f"x'{key.hex()}'"))
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute("PRAGMA renewed.journal_mode = DELETE").fetchall()
    connection.execute("SELECT sqlcipher_export('renewed')").fetchall()
    connection.execute(f"PRAGMA renewed.user_version = {version:d}")
    connection.execute("DETACH DATABASE renewed")


def _copy_evidence(folder: Path, old: bytes, new: bytes) -> None:
    """Seal every photo and document again. A file that is damaged is kept as it is."""
    if not folder.exists():
        return
    copy = waiting_for(folder)
    private_folder(copy)
    given, renewed = EvidenceFiles(folder, old), EvidenceFiles(copy, new)
    for sha256 in sorted(given.hashes()):
        try:
            renewed.put(given.get(sha256))
        except EnvironmentProblem as problem:
            if problem.code != Code.EVIDENCE_DAMAGED:
                raise
            shutil.copyfile(folder / sha256, copy / sha256)
