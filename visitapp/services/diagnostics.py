"""What support needs to know about an installation, without a word that a person wrote.

Every value is a version, a count, a size, a code, a time or a name of ours: nothing is copied from
a text, a name, an address or a path.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
from collections.abc import Iterator, Mapping
from importlib.metadata import distributions, version
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from visitapp.errors import BadFile, Code
from visitapp.language import message
from visitapp.records import SYNCED, Outbox
from visitapp.services.context import Desk
from visitapp.storage.logs import LOG_FOLDER
from visitapp.storage.whole_file import whole_file

LOG_LINES = 400
"""The newest lines of each log file."""
_PLACE = re.compile(r"^ {4}(?P<file>.+):(?P<line>\d+) (?P<name>\S+)$")
_OURS = re.compile(r".*[/\\](?=(?:site-packages|visitapp|forms|sync|tests)[/\\])")


class Diagnostics:
    """Collects it, and writes it to a file that a person can read before they send it."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk, self._folder = desk, folder

    def facts(self, window: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Everything that the file holds. window: facts of the window, where there is one."""
        with self._desk.reading() as session:
            return {
                "made_at": self._desk.clock().isoformat(timespec="seconds"),
                "program": _program(),
                "libraries": {one.name: one.version for one in distributions()},
                "window": dict(window or {}),
                "database": self._database(session),
                "records": _counts(session),
                "waiting": _waiting(session),
                "forms": len(self._desk.library.summaries()),
                "policy": self._desk.policy(session).version,
                "role": self._desk.user(session).role,
                "connected": self._desk.user(session).connected,
                "logs": dict(self._logs()),
            }

    def save(self, path: Path, window: Mapping[str, str] | None = None) -> None:
        """Write it as JSON. Raises BadFile when the file cannot be written."""
        written = msgspec.json.format(msgspec.json.encode(self.facts(window)), indent=2)
        try:
            with whole_file(path) as file:
                file.write(written)
        except OSError as error:
            why = os.strerror(error.errno or 0)
            what = message("The file cannot be written: {reason}.", reason=why)
            raise BadFile(Code.FILE_UNREADABLE, what, file=path.name) from None

    def _database(self, session: Session) -> dict[str, Any]:
        names = ("visitapp.db", "visitapp.db-wal")
        files = [self._folder / name for name in names]
        return {
            "schema": session.scalar(text("SELECT version_num FROM alembic_version")),
            "cipher": session.scalar(text("PRAGMA cipher_version")),
            "bytes": {one.name: one.stat().st_size for one in files if one.exists()},
            "free_bytes": shutil.disk_usage(self._folder).free,
        }

    def _logs(self) -> Iterator[tuple[str, list[str]]]:
        for file in sorted((self._folder / LOG_FOLDER).glob("*.log")):
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
            yield file.name, [_without_folder(line) for line in lines[-LOG_LINES:]]


def _program() -> dict[str, str]:
    return {
        "visitapp": version("visitapp"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
    }


def _counts(session: Session) -> dict[str, int]:
    """How many records of each kind there are, deleted ones included."""
    return {
        kind.__tablename__: session.scalar(select(func.count()).select_from(kind)) or 0
        for kind in SYNCED
    }


def _waiting(session: Session) -> dict[str, int]:
    """How many changes wait to be sent, and how many were refused with each code."""
    codes = select(Outbox.refused_code, func.count()).group_by(Outbox.refused_code)
    return {code or "unsent": count for code, count in session.execute(codes)}


def _without_folder(line: str) -> str:
    """A place in a program without the folder that it is installed in, which may name a person."""
    place = _PLACE.match(line)
    if place is None:
        return line
    file, found = place["file"], _OURS.match(place["file"])
    shown = file[found.end() :] if found else re.split(r"[/\\]", file)[-1]
    return f"    {shown}:{place['line']} {place['name']}"
