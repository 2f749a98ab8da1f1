"""The folder in which a phone or camera puts its pictures: which of them are new on a visit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.records import Visit
from visitapp.services.context import Desk
from visitapp.services.evidence.given import read_file, shown
from visitapp.services.lookup import find
from visitapp.storage.evidence.intake import PHOTO_ENDINGS

MOST_OFFERED = 50
"""Photos that are offered at once, the newest; more would be read for nothing."""

MOST_LOOKED_AT = 20_000
"""Files in the folder after which no more are looked at."""

_FOLDER = "photo_folder"
_PREFIX = 40
"""Digits of a file's SHA-256 that mark it as taken: the name of a device's value has 60 signs."""


class Offered(Struct, frozen=True):
    """What a look into the folder found: its name, the new photos in it, oldest first, and the
    folders to be watched. `problem` says why it could not be looked into."""

    name: str = ""
    photos: tuple[Path, ...] = ()
    folders: tuple[Path, ...] = ()
    problem: Message | None = None


class PhotoFolder:
    """Looks into the folder that a person chose on this device. It takes nothing by itself.

    A photo is new on a visit when it came into the folder since the visit was first looked at in
    this run, or was changed since the visit was started; unless the same file, by its SHA-256, was
    added to a visit before.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._first: dict[tuple[str, Path], frozenset[Path]] = {}
        self._aside: set[Path] = set()
        self._hashes: dict[tuple[Path, int, int], str] = {}

    def folder(self) -> Path | None:
        """The folder that is watched; None while none is chosen."""
        with self._desk.reading() as session:
            kept = self._desk.states.get(session, _FOLDER)
        return Path(kept) if kept else None

    def choose(self, typed: str) -> None:
        """Watch this folder from now on, or none for an empty text. Raises Refused BAD_VALUE when
        it is no folder that can be read; the one before stays then."""
        # Windows copies a path with quotation marks around it.
        text = typed.strip().strip('"').strip()
        folder = Path(text).expanduser() if text else None
        if folder is not None and not (folder.is_absolute() and _is_folder(folder)):
            raise Refused(
                Code.BAD_VALUE,
                message("There is no folder {folder}.", folder=shown(text)),
                message("Connect the phone or card first, or choose another folder."),
                field="folder",
            )
        with self._desk.database.applying() as session:
            self._desk.states.set(session, _FOLDER, str(folder) if folder else "")

    def look(self, visit_id: str) -> Offered:
        """Look for new photos of a visit. It reads files, so it is for a worker."""
        folder = self.folder()
        if folder is None:
            return Offered()
        name = shown(folder.name or str(folder))
        folders: list[Path] = []
        try:
            found = dict(_photos(folder, folders))
        except OSError:
            return Offered(name, problem=_why(folder, name))
        first = self._first.setdefault((visit_id, folder), frozenset(found))
        with self._desk.reading() as session:
            started = find(session, Visit, visit_id).created_at.timestamp()
            new = [
                file
                for file, (changed, _) in found.items()
                if file not in self._aside and (file not in first or changed >= started * 1e9)
            ]
            newest = sorted(new, key=lambda file: found[file][0])[-MOST_OFFERED:]
            left = (file for file in newest if not self._is_taken(session, file, *found[file]))
            return Offered(name, tuple(left), tuple(folders))

    def put_aside(self, photos: tuple[Path, ...]) -> None:
        """Do not offer these again, until the program is started anew."""
        self._aside.update(photos)

    def _is_taken(self, session: Session, file: Path, changed: int, size: int) -> bool:
        known = self._hashes.get((file, changed, size))
        if known is None:
            try:
                known = sha256(read_file(file)).hexdigest()
            except Refused:
                return False  # it is offered, and refused with its reason when it is added
            self._hashes[(file, changed, size)] = known
        return self._desk.states.get(session, taken_name(known)) is not None


def taken_name(digest: str) -> str:
    """The name of the device's value which says that a photo was taken, by its SHA-256."""
    return f"photo:{digest[:_PREFIX]}"


def _photos(folder: Path, folders: list[Path]) -> Iterator[tuple[Path, tuple[int, int]]]:
    """The photos of a folder and of the folders in it, with when each was changed (ns) and its
    size; cameras put theirs one folder deeper. What was looked into is added to `folders`."""
    left = MOST_LOOKED_AT
    waiting = [folder]
    while waiting:
        here = waiting.pop(0)
        try:
            entries = os.scandir(here)
        except OSError:
            if here == folder:
                raise
            continue  # one that may not be read, or went meanwhile
        folders.append(here)
        with entries:
            for entry in entries:
                left -= 1
                if left < 0:
                    return
                try:
                    if here == folder and entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                    elif entry.name.lower().endswith(PHOTO_ENDINGS) and entry.is_file():
                        about = entry.stat()
                        yield Path(entry.path), (about.st_mtime_ns, about.st_size)
                except OSError:
                    continue  # it went meanwhile


def _is_folder(folder: Path) -> bool:
    try:
        with os.scandir(folder):
            return True
    except (OSError, ValueError):
        return False


def _why(folder: Path, name: str) -> Message:
    """Why it cannot be looked into. A drive whose card was taken out counts as not there."""
    try:
        there = folder.is_dir()
    except OSError:
        there = True
    if not there:
        return message("The photos folder {folder} is not there.", folder=name)
    return message("The photos folder {folder} cannot be read.", folder=name)
