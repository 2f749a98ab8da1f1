"""The records of an old Excel workbook ([MS-XLS]), measured before the sheet reader sees them.

The reader reserves memory for as many cells and strings as a record claims, so no claim may exceed
the limits. It reads each sheet from the place where the workbook says that it begins, which may be
anywhere; so each of these places is walked as well.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from msgspec import Struct

from forms.spreadsheet.limits import Limits
from forms.spreadsheet.refusals import PROTECTED, SAVE_OPEN, refused, too_many_cells

_CELLS = frozenset(
    (0x0006, 0x007E, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E)
)
_END, _PROTECTION, _SHEET, _STRINGS, _DIMENSIONS = 0x000A, 0x002F, 0x0085, 0x00FC, 0x0200
_SHEETS = 200
_MOST = 1_500_000
"""Records that are looked at; places that overlap could otherwise be walked for ever."""


class _Record(Struct, frozen=True):
    kind: int
    at: int
    body: bytes


def within_limits(workbook: bytes, file: str, limits: Limits) -> bytes:
    """The workbook's records, with the sizes that its sheets only claim set to nothing.

    Raises BadFile when it is protected or a sheet is too large, ValueError when it is damaged.
    """
    return _Walk(workbook, file, limits).result()


class _Walk:
    def __init__(self, workbook: bytes, file: str, limits: Limits) -> None:
        self._workbook = workbook
        self._checked = bytearray(workbook)
        self._file = file
        self._limits = limits
        self._left = _MOST

    def result(self) -> bytes:
        begins: set[int] = set()
        for record in self._records(0):
            if record.kind == _PROTECTION:
                raise refused(self._file, None, PROTECTED, SAVE_OPEN)
            if record.kind == _SHEET and len(record.body) >= 4:
                begins.update(struct.unpack_from("<I", record.body))
        if len(begins) > _SHEETS:
            raise ValueError("too many sheets")
        if sum(self._cells_from(begin) for begin in (0, *begins)) > self._limits.cells:
            raise too_many_cells(self._file, self._limits)
        return bytes(self._checked)

    def _cells_from(self, begin: int) -> int:
        """The cells in the box around what stands from this place to the end of its part."""
        rows = columns = 0
        for record in self._records(begin):
            if record.kind == _STRINGS and len(record.body) >= 8:
                if struct.unpack_from("<I", record.body, 4)[0] > len(self._workbook):
                    raise ValueError("more strings than bytes")
            elif record.kind == _DIMENSIONS:
                self._checked[record.at : record.at + len(record.body)] = bytes(len(record.body))
            elif record.kind in _CELLS and len(record.body) >= 4:
                row, column = struct.unpack_from("<HH", record.body)
                rows, columns = max(rows, row + 1), max(columns, column + 1)
            elif record.kind == _END:
                break
        return rows * columns

    def _records(self, begin: int) -> Iterator[_Record]:
        at = begin
        while at + 4 <= len(self._workbook):
            self._left -= 1
            if self._left < 0:
                raise ValueError("too many records")
            kind, length = struct.unpack_from("<HH", self._workbook, at)
            yield _Record(kind, at + 4, self._workbook[at + 4 : at + 4 + length])
            at += 4 + length
