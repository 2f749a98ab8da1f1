"""The key that evidence is encrypted with on the server: a file of its own, beside no backup of it.

Whoever has the database without the file reads no photo. Whoever loses the file has lost them.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from sqlalchemy import make_url, select

from sync.server.evidence.chunks import Chunks
from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.records import EvidenceChunk
from visitapp.storage.database import Database

VARIABLE = "VISITAPP_EVIDENCE_KEY"
_LENGTH = 32


def default_file(url: str) -> Path:
    """Where the key is when nobody said: beside a SQLite database.

    Raises EnvironmentProblem NO_KEY for PostgreSQL, where several machines must share one file.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        return Path(f"{parsed.database}.evidence-key")
    raise EnvironmentProblem(
        Code.NO_KEY,
        message(
            "With PostgreSQL, the server needs to know where the key of photos and documents is."
        ),
        message(
            "Give the file with --evidence-key or {variable}. init creates it.", variable=VARIABLE
        ),
    )


def key_of(database: Database, path: Path, *, make: bool = False) -> bytes:
    """The 32-byte key in this file, which `make` may make while nothing is encrypted yet.

    Raises EnvironmentProblem NO_KEY, or WRONG_KEY when the evidence has another key.
    """
    with database.reading() as session:
        wanted = select(EvidenceChunk.content_id, EvidenceChunk.start, EvidenceChunk.sealed)
        found = session.execute(wanted.limit(1)).first()
    if found is None and make and not path.exists():
        return _make(path)
    key = _read(path)
    if found is not None:
        Chunks(database, key).unsealed(*found)
    return key


def _make(path: Path) -> bytes:
    key = secrets.token_bytes(_LENGTH)
    try:
        # Made for its owner alone; O_EXCL keeps a key that another process made meanwhile.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        return _read(path)
    except OSError as error:
        raise EnvironmentProblem(
            Code.NO_KEY,
            message("The evidence key file {file} cannot be written.", file=path),
            message("Set {variable} to a place where it can be written.", variable=VARIABLE),
        ) from error
    return key


def _read(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != _LENGTH:
        raise EnvironmentProblem(
            Code.NO_KEY,
            message("The evidence key file {file} is missing or contains no key.", file=path),
            message(
                "Set {variable} to where it is, or run visitapp-server init on a new server.",
                variable=VARIABLE,
            ),
        )
    return key
