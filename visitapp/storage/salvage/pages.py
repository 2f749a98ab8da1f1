"""The pages of an encrypted database one by one, each told good or spoiled by its own seal.

For a file that SQLCipher refuses as a whole. Its format, as version 4 writes it with a raw key:
pages of 4,096 bytes; AES-256-CBC with the key itself; at the end of each page its vector (16 bytes)
and its seal (HMAC-SHA512 over the encrypted bytes, the vector and the page's number), under a key
derived from the raw one and the salt that is the file's first 16 bytes. Changes that were not
folded into the file yet lie in the write-ahead log as pages of the same kind.
Reads only; nothing is ever written.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE = 4096
USABLE = PAGE - 80
_MAGIC = b"SQLite format 3\x00"
_SALT = 16
_VECTOR_ENDS = USABLE + 16
_LOG_HEAD = 32
_FRAME_HEAD = 24
_LOG_MAGIC = (0x377F0682, 0x377F0683)


class Pages:
    """The pages of `path` and of its write-ahead log, under a raw 32-byte key.

    `spoiled` counts those that were asked for and could not be read. Where the salt itself is
    spoiled no seal can be checked; `sealed` is then false, and what a page says must be looked at
    with suspicion by whoever reads it.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._key = key
        self._main = path.read_bytes()
        log = path.with_name(path.name + "-wal")
        self._log = log.read_bytes() if log.exists() else b""
        self._frames = _frames(self._log)
        self.count = max([len(self._main) // PAGE, *self._frames])
        self.sealed = False
        self._seal_key = self._find_seal_key()
        self._kept: dict[int, bytes | None] = {}

    @property
    def spoiled(self) -> int:
        """How many pages were asked for and could not be read."""
        return sum(page is None for page in self._kept.values())

    def page(self, number: int) -> bytes | None:
        """The usable bytes of a page, from 1; None when it is spoiled or not there."""
        if number not in self._kept:
            self._kept[number] = self._read(number)
        return self._kept[number]

    def _read(self, number: int) -> bytes | None:
        """The newest version of a page whose seal is whole."""
        for raw in self._versions(number):
            if not self.sealed or self._is_whole(raw, number, self._seal_key):
                return self._opened(raw, number)
        return None

    def _versions(self, number: int) -> Iterator[bytes]:
        for place in reversed(self._frames.get(number, ())):
            yield self._log[place : place + PAGE]
        raw = self._main[(number - 1) * PAGE : number * PAGE]
        if number > 0 and len(raw) == PAGE:
            yield raw

    def _opened(self, raw: bytes, number: int) -> bytes:
        start = _SALT if number == 1 else 0
        cipher = Cipher(algorithms.AES(self._key), modes.CBC(raw[USABLE:_VECTOR_ENDS]))
        plain = cipher.decryptor().update(raw[start:USABLE])
        return _MAGIC + plain if number == 1 else plain

    def _is_whole(self, raw: bytes, number: int, key: bytes) -> bool:
        start = _SALT if number == 1 else 0
        said = raw[_VECTOR_ENDS:]
        seal = hmac.new(key, raw[start:_VECTOR_ENDS] + struct.pack("<I", number), hashlib.sha512)
        return hmac.compare_digest(seal.digest(), said)

    def _find_seal_key(self) -> bytes:
        """The key of the seals: of the salt that makes any page whole, of the file or the log."""
        salts = {self._main[:_SALT]: None}
        salts.update(dict.fromkeys(raw[:_SALT] for raw in self._versions(1)))
        for salt in salts:
            masked = bytes(byte ^ 0x3A for byte in salt)
            key = hashlib.pbkdf2_hmac("sha512", self._key, masked, 2, 32)
            for number in range(1, self.count + 1):
                if any(self._is_whole(raw, number, key) for raw in self._versions(number)):
                    self.sealed = True
                    return key
        return b""


def _frames(log: bytes) -> dict[int, list[int]]:
    """By page number, where its versions lie in the log, oldest first, up to the last commit.

    The log is read past a spoiled frame: each page has a seal of its own.
    """
    if len(log) < _LOG_HEAD + _FRAME_HEAD:
        return {}
    whole = struct.unpack(">I", log[:4])[0] in _LOG_MAGIC
    salts = log[16:24] if whole else log[_LOG_HEAD + 8 : _LOG_HEAD + 16]
    found: dict[int, list[int]] = defaultdict(list)
    unfinished: list[tuple[int, int]] = []
    for start in range(_LOG_HEAD, len(log) - _FRAME_HEAD - PAGE + 1, _FRAME_HEAD + PAGE):
        number, committed = struct.unpack(">II", log[start : start + 8])
        if log[start + 8 : start + 16] != salts or not number:
            continue
        unfinished.append((number, start + _FRAME_HEAD))
        if committed:
            for page, place in unfinished:
                found[page].append(place)
            unfinished.clear()
    return dict(found)
