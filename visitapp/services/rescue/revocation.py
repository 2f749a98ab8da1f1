"""What a revoked device does: hands in what it has not sent, and then erases itself.

It erases only what the server confirmed. What is unsent has a digest; the confirmation must name
the one of this very moment, and whatever was typed in between is handed in again.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from sync.client.hand_in import HandInClient, Parcel
from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.services.context import Desk
from visitapp.services.rescue.contents import Contents
from visitapp.services.rescue.rescue import EVIDENCE_FOLDER, save_rescue, unsent_in
from visitapp.services.sync.connection import Connection
from visitapp.storage.erasing import (
    HANDED_IN,
    Erased,
    Erasure,
    Told,
    erased,
    is_shut,
    open_again,
    shut,
)
from visitapp.storage.evidence.files import EvidenceFiles

_STATE = "hand_in"
_NOTHING = hashlib.sha256().hexdigest()
Progress = Callable[[int, int], None]


class Leaving:
    """The leaving of one device. folder: its data folder, key: the raw key of its database."""

    def __init__(
        self, desk: Desk, connection: Connection, folder: Path, key: bytes, erasure: Erasure
    ) -> None:
        self._desk, self._connection = desk, connection
        self._folder, self._key, self._erasure = folder, key, erasure

    @property
    def confirmed(self) -> bool:
        """Whether the server confirmed what is here, so that there is nothing left but to erase."""
        return self._erasure.begun

    def settle_in(self) -> None:
        """Let work go on in a database that was shut by a run which was killed right after."""
        with self._desk.reading() as session:
            if not is_shut(session.connection()):
                return
        with suppress(EnvironmentProblem), self._connection.alone(0.0):
            if not self.confirmed:
                self._open_again()

    def hand_in(self, progress: Progress = lambda done, total: None) -> None:
        """Hand in what the server lacks, until it confirmed exactly what is here.

        Afterwards nothing more can be saved here, and only `erase` is left to do. progress: told
        how many bytes the server has, and how many there are. Raises LinkProblem (ask again later;
        it goes on where it was), EnvironmentProblem OTHER_SERVER when it is not this device's own
        server, NotAllowed when the device is not revoked any more, and what stands in the way of
        reading the data. Nothing is erased then.
        """
        with self._connection.signed_in() as link:
            token, server_id, device_id = self._who()
            client = HandInClient(link, token, server_id, device_id)
            while True:
                parcel = self._parcel()
                client.hand_in(parcel, self._read, progress)
                if self._shut(parcel):
                    return

    def break_off(self) -> None:
        """End the handing in that another thread does, which raises BrokenOff there; it goes on
        where it was when it is asked for again."""
        self._connection.break_off()

    def erase(self, told: Told = lambda step: None) -> EnvironmentProblem:
        """Close the database and erase this data folder, the key first; gives what to say of it.

        What is still held open is erased at the next start. Only after `hand_in`.
        """
        if not self.confirmed:
            raise RuntimeError("nothing is erased that the server did not confirm")
        with self._connection.alone():
            note = self._erasure.note()
            self._desk.database.close()
            self._erasure.go_on(told)
        return erased(note)

    def _who(self) -> tuple[str, str, str]:
        """The last refresh token, the server's id and this device's."""
        with self._desk.reading() as session:
            names = ("refresh_token", "server_id", "device_id")
            token, server_id, device_id = (self._desk.states.get(session, n) for n in names)
        return str(token or ""), str(server_id or ""), str(device_id or "")

    def _parcel(self) -> Parcel:
        """What there is to hand in now: the one made before while nothing else was saved since."""
        contents = self._contents()
        held = digest_of_held(contents)
        with self._desk.reading() as session:
            kept = self._desk.states.get(session, _STATE)
        before = msgspec.convert(kept, Parcel) if kept else None
        if before is not None and before.held == held and self._still_has(before):
            return before
        parcel = self._make(contents, held)
        with self._desk.database.applying() as session:
            self._desk.states.set(session, _STATE, msgspec.to_builtins(parcel))
        return parcel

    def _make(self, contents: Contents, held: str) -> Parcel:
        files = EvidenceFiles(self._folder / EVIDENCE_FOLDER, self._key)
        here = {sha256 for sha256 in contents.hashes if files.has(sha256)}
        if not (contents.waiting or contents.batches or here):
            return Parcel(held=held, sha256=_NOTHING, size=0, changes=0, photos=0, passphrase="")
        out, passphrase = self._folder / HANDED_IN, _passphrase()
        saved = save_rescue(self._folder, self._key, out, passphrase, self._desk.clock())
        if saved.photos < len(here):
            raise _unreadable(Code.EVIDENCE_DAMAGED)
        return Parcel(
            held=held,
            sha256=saved.sha256,
            size=out.stat().st_size,
            changes=saved.changes,
            photos=saved.photos,
            passphrase=passphrase,
        )

    def _contents(self) -> Contents:
        contents = unsent_in(self._folder, self._key, self._desk.clock())
        if contents.about.pages_lost or contents.about.rows_lost:
            raise _unreadable(Code.DATABASE_DAMAGED)
        return contents

    def _still_has(self, parcel: Parcel) -> bool:
        out = self._folder / HANDED_IN
        if parcel.size == 0:
            return True
        if not out.exists() or out.stat().st_size != parcel.size:
            return False
        with out.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == parcel.sha256

    def _read(self, start: int, most: int) -> bytes:
        with (self._folder / HANDED_IN).open("rb") as file:
            file.seek(start)
            return file.read(most)

    def _shut(self, parcel: Parcel) -> bool:
        """Shut the database and begin to erase, if what was confirmed is all that is here; false
        when somebody worked meanwhile."""
        with self._desk.database.applying() as session:
            # From here on nobody else can write until the commit, and after it nobody at all.
            connection = session.connection()
            if digest_of_held(self._contents()) != parcel.held:
                return False
            shut(connection)
        note = Erased(at=self._desk.clock(), changes=parcel.changes, photos=parcel.photos)
        try:
            self._erasure.begin(note)
        except EnvironmentProblem:
            self._open_again()
            raise
        return True

    def _open_again(self) -> None:
        with self._desk.database.applying() as session:
            open_again(session.connection())


def digest_of_held(contents: Contents) -> str:
    """The SHA-256 of everything unsent and of what goes with it into a rescue file. It is the same
    for the same data, whenever and however often it is asked."""
    found = hashlib.sha256()

    def add(*frame: Any) -> None:
        data = msgspec.msgpack.encode(frame)
        found.update(len(data).to_bytes(8, "big") + data)

    for kind, rows in contents.records.items():
        for row in sorted(rows, key=lambda row: str(row["id"])):
            add("record", kind, row)
    for row in contents.waiting:
        add("waits", row)
    for row in contents.batches:
        add("batch", row)
    for sha256 in sorted(contents.hashes):
        add("bytes", sha256)
    return found.hexdigest()


def _passphrase() -> str:
    """128 random bits, in groups that a person can read out."""
    whole = secrets.token_hex(16)
    return "-".join(whole[start : start + 4] for start in range(0, len(whole), 4))


def _unreadable(code: Code) -> EnvironmentProblem:
    return EnvironmentProblem(
        code,
        message(
            "This device's access was ended, but part of its unsent work cannot be read. Nothing "
            "was handed in or erased."
        ),
        message("Save what can be read with visitapp rescue --out, and ask your administrator."),
    )
