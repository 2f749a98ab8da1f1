"""The sealed file of a rescue: frames of bytes, encrypted under a passphrase as they are written.

    VISITAPP RESCUE 1 LF
    {"salt": …, "nonce": …, "costs": {…}} LF    how the key is made (Argon2id), the nonces' base
    blocks                                      64 KiB of frames, AES-256-GCM, 16 bytes of tag
    32 bytes                                    SHA-256 of all before

The nonce of block n is the base followed by n (4 bytes) and 1 in the last block, else 0; the head
is sealed with each block. So no block can be changed, dropped, moved or taken from another file. A
frame is its length (4 bytes, big-endian) and its bytes. The SHA-256 tells a damaged file from a
wrong passphrase before anyone is asked for one.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from visitapp.errors import BadFile, Code, EnvironmentProblem
from visitapp.given_files import open_given
from visitapp.language import message
from visitapp.storage.keys.passphrases import Costs, derive

MAGIC = b"VISITAPP RESCUE 1\n"
BLOCK = 64 * 1024
_TAG = 16
_DIGEST = 32
_PIECE = 1024 * 1024
_LONGEST_HEAD = 1000


class _Head(msgspec.Struct, frozen=True):
    salt: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    nonce: Annotated[bytes, msgspec.Meta(min_length=7, max_length=7)]
    costs: Costs


class SealedWriter:
    """Writes frames to a file. `close` finishes it; without that nobody can read it."""

    def __init__(self, file: BinaryIO, passphrase: str, costs: Costs = Costs()) -> None:  # noqa: B008 - a frozen value
        head = _Head(salt=secrets.token_bytes(16), nonce=secrets.token_bytes(7), costs=costs)
        self._file = file
        self._digest = hashlib.sha256()
        self._seal = _Seal(head, passphrase)
        self._buffer = bytearray()
        self._put(self._seal.head)

    def write(self, frame: bytes) -> None:
        """Add a frame."""
        self._buffer += struct.pack(">I", len(frame)) + frame
        while len(self._buffer) > BLOCK:
            self._put(self._seal.close(bytes(self._buffer[:BLOCK]), last=False))
            del self._buffer[:BLOCK]

    def close(self) -> None:
        """Write what is left and the digest."""
        self._put(self._seal.close(bytes(self._buffer), last=True))
        self._file.write(self._digest.digest())

    def _put(self, data: bytes) -> None:
        self._digest.update(data)
        self._file.write(data)


class _Seal:
    """The cipher of one file, block after block."""

    def __init__(self, head: _Head, passphrase: str) -> None:
        self.head = MAGIC + msgspec.json.encode(head) + b"\n"
        self._base = head.nonce
        self._cipher = AESGCM(derive(passphrase, head.salt, head.costs))
        self._number = 0

    def close(self, block: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(self._nonce(last), block, self.head)

    def open(self, block: bytes, *, last: bool) -> bytes:
        return self._cipher.decrypt(self._nonce(last), block, self.head)

    def _nonce(self, last: bool) -> bytes:
        nonce = self._base + struct.pack(">IB", self._number, last)
        self._number += 1
        return nonce


def require_whole(path: Path) -> None:
    """Raise BadFile unless `path` is a rescue file that nobody cut or changed."""
    try:
        with open_given(path) as file:
            size = os.fstat(file.fileno()).st_size
            if file.read(len(MAGIC)) != MAGIC:
                raise _not_ours(path)
            digest = hashlib.sha256(MAGIC)
            left = size - len(MAGIC) - _DIGEST
            while left > 0 and (piece := file.read(min(_PIECE, left))):
                digest.update(piece)
                left -= len(piece)
            if left or file.read() != digest.digest():
                raise _altered(path)
    except OSError as error:
        raise BadFile(
            Code.FILE_MISSING,
            message("This file cannot be read."),
            message("Check the name of the file."),
            file=path.name,
        ) from error


def frames(path: Path, passphrase: str) -> Iterator[bytes]:
    """The frames of a rescue file that `require_whole` took.

    Raises EnvironmentProblem WRONG_KEY when the passphrase is wrong, BadFile when the file is not
    as it was written.
    """
    with open_given(path) as file:
        seal = _Seal(_head_of(path, file), passphrase)
        left = path.stat().st_size - file.tell() - _DIGEST
        buffer = bytearray()
        first = True
        while left > 0:
            block = file.read(min(BLOCK + _TAG, left))
            left -= len(block)
            try:
                buffer += seal.open(block, last=left == 0)
            except InvalidTag:
                raise (_wrong_passphrase() if first else _altered(path)) from None
            first = False
            while len(buffer) >= 4:
                size = struct.unpack(">I", buffer[:4])[0]
                if len(buffer) < 4 + size:
                    break
                yield bytes(buffer[4 : 4 + size])
                del buffer[: 4 + size]
        if buffer:
            raise _altered(path)


def _head_of(path: Path, file: BinaryIO) -> _Head:
    file.seek(len(MAGIC))
    try:
        return msgspec.json.decode(file.readline(_LONGEST_HEAD), type=_Head)
    except msgspec.DecodeError:
        raise _altered(path) from None


def _not_ours(path: Path) -> BadFile:
    return BadFile(
        Code.FILE_UNKNOWN,
        message("This is not a rescue file that this version of Visitapp can read."),
        message("Choose a file that `visitapp rescue --out` wrote."),
        file=path.name,
    )


def _altered(path: Path) -> BadFile:
    return BadFile(
        Code.FILE_UNREADABLE,
        message("This rescue file is incomplete or was changed, so nothing was loaded."),
        message("Copy the file again from its original location."),
        file=path.name,
    )


def _wrong_passphrase() -> EnvironmentProblem:
    return EnvironmentProblem(
        Code.WRONG_KEY,
        message("This is not the passphrase of this rescue file. Nothing was changed."),
        message("Try again with the passphrase that was chosen when the file was written."),
    )
