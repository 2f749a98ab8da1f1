"""Rows out of one leaf page of a table, as SQLite's file format lays them down.

See the "Database File Format" of SQLite: a page has a head, pointers to its cells, and cells; a
cell is a payload size, a row id and a record, whose end may lie in a chain of overflow pages.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from visitapp.storage.salvage.pages import USABLE

LEAF, INNER = 0x0D, 0x05
_LARGEST_LOCAL = USABLE - 35
_SMALLEST_LOCAL = (USABLE - 12) * 32 // 255 - 23
_MOST_PAYLOAD = 64 * 1024 * 1024
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}

Value = int | float | str | bytes | None
Row = tuple[int, list[Value]]
ReadPage = Callable[[int], bytes | None]


class Spoiled(Exception):
    """What is there is not what it should be."""


def kind_of(page: bytes, number: int) -> int:
    """The type byte of a b-tree page: LEAF and INNER are those of tables."""
    return page[100 if number == 1 else 0]


def children(page: bytes, number: int) -> list[int]:
    """The pages below an inner page of a table, in order. Raises Spoiled."""
    start = 100 if number == 1 else 0
    below = [_number(page, place, 4) for place in _pointers(page, start, 12)]
    return [*below, _number(page, start + 8, 4)]


def rows(page: bytes, number: int, read: ReadPage) -> Iterator[Row | None]:
    """The row id and the values of each row of a leaf; None for one that cannot be read."""
    try:
        places = _pointers(page, 100 if number == 1 else 0, 8)
    except Spoiled:
        yield None
        return
    for place in places:
        try:
            yield _row(page, place, read)
        except (Spoiled, UnicodeDecodeError):
            yield None


def _pointers(page: bytes, start: int, head: int) -> list[int]:
    count = _number(page, start + 3, 2)
    first = start + head
    if first + 2 * count > USABLE:
        raise Spoiled
    places = [_number(page, first + 2 * n, 2) for n in range(count)]
    if any(place < first + 2 * count or place >= USABLE for place in places):
        raise Spoiled
    return places


def _row(page: bytes, place: int, read: ReadPage) -> Row:
    size, place = _varint(page, place)
    row_id, place = _varint(page, place)
    if size > _MOST_PAYLOAD:
        raise Spoiled
    return _signed(row_id), _values(_payload(page, place, size, read))


def _payload(page: bytes, place: int, size: int, read: ReadPage) -> bytes:
    """A record, its overflow pages followed."""
    local = size
    if size > _LARGEST_LOCAL:
        local = _SMALLEST_LOCAL + (size - _SMALLEST_LOCAL) % (USABLE - 4)
        if local > _LARGEST_LOCAL:
            local = _SMALLEST_LOCAL
    parts = [_slice(page, place, local)]
    left = size - local
    following = _number(page, place + local, 4) if left else 0
    while left:
        more = read(following) if following else None
        if more is None:
            raise Spoiled
        parts.append(more[4 : 4 + left])
        left -= len(parts[-1])
        following = _number(more, 0, 4)
    return b"".join(parts)


def _values(record: bytes) -> list[Value]:
    head, place = _varint(record, 0)
    if head > len(record):
        raise Spoiled
    types: list[int] = []
    while place < head:
        serial, place = _varint(record, place)
        types.append(serial)
    if place != head:
        raise Spoiled
    values: list[Value] = []
    for serial in types:
        value, place = _value(record, place, serial)
        values.append(value)
    if place != len(record):
        raise Spoiled
    return values


def _value(record: bytes, place: int, serial: int) -> tuple[Value, int]:
    """One value by its serial type, and where the next one begins."""
    if serial >= 12:
        size = (serial - 12) // 2
        raw = _slice(record, place, size)
        return (raw.decode() if serial % 2 else raw), place + size
    if serial in _INTEGERS:
        size = _INTEGERS[serial]
        return int.from_bytes(_slice(record, place, size), "big", signed=True), place + size
    if serial == 7:
        return struct.unpack(">d", _slice(record, place, 8))[0], place + 8
    if serial in (8, 9):
        return serial - 8, place
    if serial == 0:
        return None, place
    raise Spoiled


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for n in range(9):
        if place + n >= len(data):
            raise Spoiled
        byte = data[place + n]
        if n == 8:
            return value << 8 | byte, place + 9
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            return value, place + n + 1
    raise Spoiled


def _signed(value: int) -> int:
    return value - (1 << 64) if value >> 63 else value


def _number(data: bytes, place: int, size: int) -> int:
    return int.from_bytes(_slice(data, place, size), "big")


def _slice(data: bytes, place: int, size: int) -> bytes:
    part = data[place : place + size]
    if len(part) != size:
        raise Spoiled
    return part
