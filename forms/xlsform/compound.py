"""Old Excel files (.xls): container and records measured before the sheet reader sees them.

The container is a little file system of sectors in chains ([MS-CFB]); the workbook in it is a
row of records ([MS-XLS]). A chain that bites its own tail never ends, and a record may claim
billions of cells, so both are walked here first.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from forms.xlsform import limits
from forms.xlsform.findings import refused
from visitapp.errors import BadFile, Code

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LAST = 0xFFFFFFFA
"""Sector numbers from here up are marks (end of chain, free), not sectors."""
_CELL_RECORDS = frozenset(
    (0x0006, 0x007E, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E)
)
_FILEPASS, _STRINGS, _DIMENSIONS, _START = 0x002F, 0x00FC, 0x0200, 0x0809


def checked(data: bytes, file: str) -> bytes:
    """The file's bytes, once its chains end and its workbook claims no more than the limits.

    Raises BadFile when it is damaged, protected by a password or too large.
    """
    try:
        container = _Container(data)
        names = dict(container.streams())
        if "EncryptedPackage" in names:
            raise _protected(file)
        stream = names.get("Workbook") or names.get("Book")
        if stream is None:
            raise refused(
                file, None, "There is no spreadsheet in this file.", code=Code.FILE_UNKNOWN
            )
        _check_records(container.read(*stream), file)
    except (struct.error, IndexError, ValueError) as problem:
        raise refused(
            file, None, "The file is damaged.", "Open it in Excel and save it as .xlsx."
        ) from problem
    # An end-of-package mark left by an embedded package would make the reader take it for a zip.
    return data.replace(b"PK\x05\x06", b"\0\0\0\0")


def _protected(file: str) -> BadFile:
    return refused(
        file,
        None,
        "The file is protected by a password.",
        "Open it, take the password off, save it and import it again.",
    )


class _Container:
    """The sectors of a compound file. Raises ValueError, IndexError or struct.error on damage."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self._size = 1 << shift
        directory, self._cutoff = struct.unpack_from("<I4xI", data, 48)
        mini_first, _, difat_first, _ = struct.unpack_from("<IIII", data, 60)
        self._next = self._table(self._fat_sectors(difat_first))
        _check_ends(self._next)
        self._mini_next = self._table(self._chain(mini_first, self._next))
        _check_ends(self._mini_next)
        self._entries = b"".join(map(self._sector, self._chain(directory, self._next)))
        self._mini: bytes | None = None

    def streams(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Name and (first sector, bytes) of each entry but the root."""
        for at in range(0, len(self._entries) - 127, 128):
            length = struct.unpack_from("<H", self._entries, at + 64)[0]
            kind = self._entries[at + 66]
            first, size = struct.unpack_from("<IQ", self._entries, at + 116)
            if self._size == 512:
                size &= 0xFFFFFFFF
            if kind and size > len(self._data) and kind != 1:
                raise ValueError("stream longer than the file")
            if kind == 5:
                self._mini = b"".join(map(self._sector, self._chain(first, self._next)))
            elif kind == 2:
                name = self._entries[at : at + max(0, min(length, 64) - 2)]
                yield name.decode("utf-16-le", "replace"), (first, size)

    def read(self, first: int, size: int) -> bytes:
        """A stream's bytes."""
        if size >= self._cutoff:
            return b"".join(map(self._sector, self._chain(first, self._next)))[:size]
        mini = self._mini or b""
        chain = self._chain(first, self._mini_next)
        return b"".join(mini[n * 64 : n * 64 + 64] for n in chain)[:size]

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


def _check_records(workbook: bytes, file: str) -> None:
    rows = columns = 0
    at = 0
    while at + 4 <= len(workbook):
        kind, length = struct.unpack_from("<HH", workbook, at)
        record = workbook[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _FILEPASS:
            raise _protected(file)
        if kind == _START:
            rows = columns = 0
        elif kind == _STRINGS and len(record) >= 8:
            if struct.unpack_from("<I", record, 4)[0] > len(workbook):
                raise ValueError("more strings than bytes")
        elif kind == _DIMENSIONS and len(record) >= 12:
            _, last_row, _, last_column = struct.unpack_from("<IIHH", record)
            rows, columns = max(rows, last_row), max(columns, last_column)
        elif kind in _CELL_RECORDS and len(record) >= 4:
            row, column = struct.unpack_from("<HH", record)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        if rows * columns > limits.CELLS:
            raise refused(
                file,
                None,
                "A sheet is far too large for a form.",
                "Delete the rows and columns beyond the questions and choices.",
                Code.FILE_TOO_LARGE,
            )
