"""Old Excel files (.xls): their container is read with care, and the workbook is packed again.

The container is a little file system of sectors in chains ([MS-CFB]). A chain that bites its own
tail never ends, and two readers may find two different streams in one file; so what the sheet
reader gets is a container of ours that holds the one stream it needs.
"""

from __future__ import annotations

import struct

from forms.spreadsheet.limits import Limits
from forms.spreadsheet.records import within_limits
from forms.spreadsheet.refusals import PROTECTED, SAVE_OPEN, refused
from visitapp.errors import Code
from visitapp.language import message

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LAST = 0xFFFFFFFA
"""Sector numbers from here up are marks (end of chain, free), not sectors."""
_END, _TABLE, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_SECTOR = 512
_SMALLEST = 4096
"""A stream below this size would lie in the container's second, finer table."""


def repacked(data: bytes, file: str, limits: Limits) -> bytes:
    """The same workbook in a container of its own, its records within the limits.

    Raises BadFile when it is damaged, protected by a password or too large.
    """
    try:
        container = _Container(data)
        streams = container.streams()
        if "EncryptedPackage" in streams:
            raise refused(file, None, PROTECTED, SAVE_OPEN)
        name = next((name for name in ("Workbook", "Book") if name in streams), None)
        if name is None:
            raise refused(
                file, None, message("There is no spreadsheet in this file."), code=Code.FILE_UNKNOWN
            )
        return _packed(name, within_limits(container.read(*streams[name]), file, limits))
    except (struct.error, IndexError, ValueError) as problem:
        raise refused(
            file,
            None,
            message("The file is damaged."),
            message("Open it in Excel and save it as .xlsx."),
        ) from problem


def _packed(name: str, stream: bytes) -> bytes:
    """A container with one stream: header, sector table, directory, the stream."""
    size = max(len(stream), _SMALLEST)
    sectors = -(-size // _SECTOR)
    tables = -(-(sectors + 1) // (_SECTOR // 4 - 1))
    first = tables + 1
    following = [_TABLE] * tables + [_END]
    following += [*range(first + 1, first + sectors), _END]
    following += [_FREE] * (tables * _SECTOR // 4 - len(following))
    if tables > 109:
        raise ValueError("stream too long")
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        SIGNATURE,
        62,
        3,
        0xFFFE,
        9,
        6,
        0,
        tables,
        tables,
        0,
        _SMALLEST,
        _END,
        0,
        _END,
        0,
    )
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    directory = _entry("Root Entry", 5, _END, 0, 1) + _entry(name, 2, first, size, _FREE)
    directory += 2 * _entry("", 0, 0, 0, _FREE)
    table = struct.pack(f"<{len(following)}I", *following)
    return header + table + directory + stream.ljust(sectors * _SECTOR, b"\0")


def _entry(name: str, kind: int, first: int, size: int, child: int) -> bytes:
    """A directory entry of 128 bytes."""
    text = name.encode("utf-16-le")
    length = len(text) + 2 if text else 0
    head = struct.pack("<64sHBBIII", text, length, kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<IQ", first, size)


class _Container:
    """The sectors of a compound file. Raises ValueError, IndexError or struct.error on damage."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self._size = 1 << shift
        (directory,) = struct.unpack_from("<I", data, 48)
        mini_first, _, difat_first, _ = struct.unpack_from("<IIII", data, 60)
        self._next = self._table(self._fat_sectors(difat_first))
        _check_ends(self._next)
        self._mini_next = self._table(self._chain(mini_first, self._next))
        _check_ends(self._mini_next)
        self._entries = b"".join(map(self._sector, self._chain(directory, self._next)))
        self._mini = b""

    def streams(self) -> dict[str, tuple[int, int]]:
        """First sector and length in bytes of each stream, by name; the first of a name counts."""
        found: dict[str, tuple[int, int]] = {}
        for at in range(0, len(self._entries) - 127, 128):
            (length,) = struct.unpack_from("<H", self._entries, at + 64)
            kind = self._entries[at + 66]
            first, size = struct.unpack_from("<IQ", self._entries, at + 116)
            if kind == 5:
                self._mini = b"".join(map(self._sector, self._chain(first, self._next)))
            elif kind == 2:
                name = self._entries[at : at + max(0, min(length, 64) - 2)]
                low = size & 0xFFFFFFFF if self._size == _SECTOR else size
                found.setdefault(name.decode("utf-16-le", "replace"), (first, low))
        return found

    def read(self, first: int, size: int) -> bytes:
        """A stream's bytes."""
        if size >= _SMALLEST:
            return b"".join(map(self._sector, self._chain(first, self._next)))[:size]
        chain = self._chain(first, self._mini_next)
        return b"".join(self._mini[n * 64 : n * 64 + 64] for n in chain)[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _table(self, sectors: list[int]) -> list[int]:
        text = b"".join(map(self._sector, sectors))
        return list(struct.unpack(f"<{len(text) // 4}I", text[: len(text) // 4 * 4]))

    def _fat_sectors(self, difat_first: int) -> list[int]:
        found = [n for n in struct.unpack_from("<109I", self._data, 76) if n < _LAST]
        seen: set[int] = set()
        number = difat_first
        while number < _LAST:
            if number in seen:
                raise ValueError("endless chain")
            seen.add(number)
            table = self._table([number])
            found += [n for n in table[:-1] if n < _LAST]
            number = table[-1]
        if len(found) > len(self._data) // self._size + 1:
            raise ValueError("more tables than sectors")
        return found

    def _chain(self, first: int, following: list[int]) -> list[int]:
        chain: list[int] = []
        number = first
        while number < _LAST:
            chain.append(number)
            if len(chain) > len(following):
                raise ValueError("endless chain")
            number = following[number]
        return chain


def _check_ends(following: list[int]) -> None:
    """Raises ValueError when some chain runs in a circle."""
    state = bytearray(len(following))
    for start in range(len(following)):
        path = []
        number = start
        while number < len(following) and not state[number]:
            state[number] = 1
            path.append(number)
            number = following[number]
        if number < len(following) and state[number] == 1:
            raise ValueError("endless chain")
        for visited in path:
            state[visited] = 2
