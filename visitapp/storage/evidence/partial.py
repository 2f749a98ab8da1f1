"""Evidence on its way to this device: what came before a cut is kept, and never readable.

A file grows by pieces, each sealed by itself with AES-256-GCM and bound to its content and to where
it starts. It serves only to go on: whatever does not fit, a torn end or a foreign piece, is left
out and fetched again, and the hash of the whole is checked anyway.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from visitapp.storage.folder import not_written, usable
from visitapp.storage.private import private_opener

PIECE = 512 * 1024
"""Bytes that are written at once: what a program that is killed can lose."""

_NONCE = 12
_LENGTH = 4


class Arriving:
    """The bytes of one content as far as they are here, in memory and in the file at `path`.

    cipher: seals the pieces. name: what they are bound to. All that writes raises
    EnvironmentProblem DISK_FULL or FOLDER_UNUSABLE.
    """

    def __init__(self, path: Path, cipher: AESGCM, name: bytes) -> None:
        self._path, self._cipher, self._name = path, cipher, name
        self._bytes = bytearray()
        self._read()
        self._kept = self.position

    @property
    def position(self) -> int:
        """How many bytes are here, from the first on."""
        return len(self._bytes)

    def whole(self) -> bytes:
        """The bytes that are here."""
        return bytes(self._bytes)

    def add(self, at: int, came: bytes) -> None:
        """Take the bytes that begin at `at`: where these end, or 0 when all come anew."""
        if at != self.position:
            self.forget()
        self._bytes += came
        if self.position - self._kept >= PIECE:
            self.keep()

    def keep(self) -> None:
        """Write down what came since the last time."""
        plain = bytes(self._bytes[self._kept :])
        if not plain:
            return
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, plain, self._bound(self._kept))
        try:
            with open(
                usable(self._path.parent) / self._path.name, "ab", opener=private_opener
            ) as file:
                file.write(len(sealed).to_bytes(_LENGTH, "big") + sealed)
        except OSError as error:
            raise not_written(self._path.parent, error) from error
        self._kept = self.position

    def forget(self) -> None:
        """Give up what came. A file that another process holds open is swept away later."""
        self._bytes.clear()
        self._kept = 0
        with suppress(OSError):
            self._path.unlink()

    def _read(self) -> None:
        """Take the pieces of the file that fit together, and cut off what is behind them."""
        with suppress(OSError), self._path.open("r+b") as file:
            fits = 0
            while (plain := self._opened(file)) is not None:
                self._bytes += plain
                fits = file.tell()
            file.truncate(fits)

    def _opened(self, file: BinaryIO) -> bytes | None:
        sealed = file.read(int.from_bytes(file.read(_LENGTH), "big"))
        with suppress(InvalidTag, ValueError):
            where = self._bound(self.position)
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], where)
        return None

    def _bound(self, start: int) -> bytes:
        return self._name + b" from " + str(start).encode()
