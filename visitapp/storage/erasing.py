"""Erasing a data folder whose device was revoked, once the server confirmed what it held.

First the database is shut: nothing more can be queued in it, by any window or command. Then a
marker is written, and from there on there is no way back: whatever is killed, the next start goes
on. The key goes first, since without it nothing else can be read; a file that somebody still holds
open (Windows) is taken at the next start. At the end a note stays, for one sentence.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, text

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import Message, both, counted, message
from visitapp.storage.database import FILE_NAME
from visitapp.storage.folder import unusable
from visitapp.storage.keys.device_key import KeyringPort, entry_of
from visitapp.storage.keys.key_file import KEY_FILE
from visitapp.storage.whole_file import whole_file

MARKER = "erasing.json"
NOTE = "erased.json"
HANDED_IN = "hand-in.rescue"
SHUT = "visitapp: this device was erased"
"""What SQLite says when something is queued in a database that was shut."""

_DATABASE = tuple(FILE_NAME + end for end in ("", "-wal", "-shm", "-journal"))
_SHUT_OFF = {
    "erased_insert": "CREATE TRIGGER IF NOT EXISTS erased_insert BEFORE INSERT ON outbox "
    f"BEGIN SELECT RAISE(ABORT, '{SHUT}'); END",
    "erased_update": "CREATE TRIGGER IF NOT EXISTS erased_update BEFORE UPDATE ON outbox "
    f"BEGIN SELECT RAISE(ABORT, '{SHUT}'); END",
}

Told = Callable[[str], None]
"""Told after each step what is gone."""


class Erased(Struct, frozen=True, kw_only=True):
    """What is said afterwards: when, and how much was handed in."""

    at: datetime
    changes: int
    photos: int


def shut(connection: Connection) -> None:
    """Let nothing more be queued, from the commit of this transaction on."""
    for made in _SHUT_OFF.values():
        connection.execute(text(made))


def open_again(connection: Connection) -> None:
    """Let changes be queued again: the erasing did not begin."""
    for name in _SHUT_OFF:
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))


def is_shut(connection: Connection) -> bool:
    """Whether nothing can be queued."""
    wanted = text("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = 'erased_insert'")
    return connection.execute(wanted).first() is not None


class Erasure:
    """The erasing of one data folder. keyring: where its key may lie."""

    def __init__(self, folder: Path, keyring: KeyringPort) -> None:
        self._folder, self._keyring = folder, keyring

    @property
    def begun(self) -> bool:
        """Whether there is no way back."""
        return (self._folder / MARKER).exists()

    def note(self) -> Erased | None:
        """What the marker says; None when there is none or it cannot be read."""
        return _read(self._folder / MARKER)

    def begin(self, note: Erased) -> None:
        """Write the marker. The database must be shut. Raises EnvironmentProblem, and then nothing
        has begun."""
        _write(self._folder / MARKER, msgspec.json.encode(note))

    def go_on(self, told: Told = lambda step: None) -> bool:
        """Erase what is left, the key first; true when nothing is. Nobody of this process may have
        the database open."""
        _close_logs(self._folder)
        done = [self._erase(step, told) for step in ("key", "database", "copies", "work", "logs")]
        if not all(done):
            return False
        marker = self._folder / MARKER
        _write(self._folder / NOTE, marker.read_bytes())
        told("note")
        marker.unlink(missing_ok=True)
        told("marker")
        return True

    def settle(self) -> None:
        """Before the folder is opened: end what was begun, and say what happened, once.

        Raises EnvironmentProblem DEVICE_ERASED when there is something to say.
        """
        if self.begun:
            told = self.note()
            if not self.go_on():
                raise erased(told)
        note = self._folder / NOTE
        if note.exists():
            told = _read(note)
            if not (self._folder / KEY_FILE).exists():
                # Another window that was still open may have made an empty file anew.
                self._erase("database", lambda step: None)
            note.unlink(missing_ok=True)
            raise erased(told)

    def _erase(self, step: str, told: Told) -> bool:
        """One step; false when something of it is still held open, or the keyring is locked."""
        try:
            if step == "key":
                self._forget_key()
            else:
                for path in self._paths(step):
                    _remove(path)
        except (OSError, EnvironmentProblem):
            return False
        told(step)
        return True

    def _forget_key(self) -> None:
        path = self._folder / KEY_FILE
        entry = entry_of(path)
        if entry is not None:
            self._keyring.forget(entry)
        for gone in (path, path.with_name(path.name + ".part")):
            gone.unlink(missing_ok=True)

    def _paths(self, step: str) -> Iterator[Path]:
        folder = self._folder
        if step == "database":
            yield from (folder / name for name in _DATABASE)
        elif step == "copies":
            yield from sorted(folder.glob(f"{FILE_NAME}.before-*"))
            yield from sorted(folder.glob(f"{FILE_NAME}*.part"))
            yield from sorted(folder.glob(f"{FILE_NAME}.renewed*"))
        elif step == "work":
            yield from sorted(folder.glob("evidence*"))
            yield from sorted(folder.glob(f"{HANDED_IN}*"))
        else:
            yield folder / "logs"
            yield from sorted(folder.glob("desktop.log*"))


def erased(note: Erased | None) -> EnvironmentProblem:
    """What is said of a device that was erased."""
    what = message("This device's access was ended, and Visitapp erased its data here.")
    if note is not None:
        what = message(
            "This device's access was ended, and Visitapp erased its data here on {day}.",
            day=f"{note.at.astimezone():%d %B %Y}",
        )
    handed = message("All its work had been sent.")
    if note is not None and (note.changes or note.photos):
        handed = message(
            "Its unsent work ({work}) is safe with your administrator.", work=_counts(note)
        )
    return EnvironmentProblem(
        Code.DEVICE_ERASED,
        message("{erased} {sent}", erased=what, sent=handed),
        message("Ask your administrator. Visitapp will start empty next time."),
    )


def _counts(note: Erased) -> Message:
    changes = counted("{n} change", "{n} changes", note.changes)
    photos = counted("{n} photo", "{n} photos", note.photos)
    return both([changes, photos]) if note.photos else changes


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _close_logs(folder: Path) -> None:
    """Let go of the log files of this process."""
    logger = logging.getLogger("visitapp")
    for handler in list(logger.handlers):
        if not isinstance(handler, logging.FileHandler):
            continue
        if folder.resolve() in Path(handler.baseFilename).parents:
            logger.removeHandler(handler)
            handler.close()


def _read(path: Path) -> Erased | None:
    with suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode(path.read_bytes(), type=Erased)
    return None


def _write(path: Path, data: bytes) -> None:
    try:
        with whole_file(path, lasting=True) as file:
            file.write(data)
    except OSError as error:
        raise unusable(path.parent) from error
