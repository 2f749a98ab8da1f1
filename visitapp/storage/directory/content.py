"""What a file really is, whatever it is called: text, gzip, a spreadsheet, XML.

Only the first kilobytes are read to decide, so that a large wrong file is refused at once; what is
unpacked is counted, so that a small file cannot unpack to a disk full.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from visitapp.errors import BadFile, Code

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SAMPLE = 256 * 1024
MOST = 1024**3
"""Bytes of one file, unpacked: four times the largest edition that regulators publish."""
_SHEETS = {"content.xml", "xl/workbook.xml", "xl/workbook.bin"}


class Shape(Enum):
    """How the content of a file is laid out."""

    TEXT = "text"
    SHEETS = "sheets"
    XML = "xml"


def shape_of(path: Path, most: int = MOST) -> Shape:
    """How the content is laid out. Raises BadFile, naming the file, when no importer reads it."""
    try:
        if path.stat().st_size == 0:
            raise _empty(path)
        with path.open("rb") as file:
            start = file.read(4)
    except FileNotFoundError:
        raise BadFile(
            Code.FILE_MISSING, "There is no such file.", "Check the name.", file=str(path)
        ) from None
    except OSError as error:
        raise BadFile(
            Code.FILE_UNREADABLE, "This cannot be read as a file.", file=str(path)
        ) from error
    if start == b"PK\x03\x04":
        _check_sheets(path, most)
        return Shape.SHEETS
    sample = sample_of(path)
    if not sample.strip():
        raise _empty(path)
    if b"\0" in sample and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise unknown(path)
    return Shape.XML if sample.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else Shape.TEXT


def sample_of(path: Path) -> bytes:
    """The first bytes of the content, unpacked."""
    with reading(path) as stream:
        return stream.read(SAMPLE)


@contextmanager
def reading(path: Path, most: int = MOST) -> Iterator[io.BufferedReader]:
    """The content, unpacked when it is gzip; at most `most` bytes of it.

    Raises BadFile when it is cut short, damaged or unpacks to more than any directory holds.
    """
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            content = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
            yield io.BufferedReader(_Counted(content, path, most))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise cut_short(path) from error


def cut_short(path: Path, row: int | None = None) -> BadFile:
    """The refusal of a file that ends too soon."""
    return BadFile(
        Code.FILE_UNREADABLE,
        "The file is damaged or ends too soon. Nothing of it was taken.",
        "Download it again.",
        file=str(path),
        row=row,
    )


def unknown(path: Path) -> BadFile:
    """The refusal of a file that no importer knows."""
    return BadFile(
        Code.FILE_UNKNOWN,
        "This is not a directory that Visitapp knows. Nothing of it was taken.",
        "Give it CQC latest ratings, food hygiene ratings or the Care Inspectorate datastore.",
        file=str(path),
    )


def _empty(path: Path) -> BadFile:
    return BadFile(Code.FILE_EMPTY, "The file is empty.", "Download it again.", file=str(path))


def too_large(path: Path) -> BadFile:
    """The refusal of a file that holds more than any directory."""
    return BadFile(
        Code.FILE_TOO_LARGE,
        "The file holds more than any directory does. Nothing of it was taken.",
        "Check that it is the right file.",
        file=str(path),
    )


def _check_sheets(path: Path, most: int) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise cut_short(path) from error
    if not any(part.filename in _SHEETS for part in parts):
        raise unknown(path)
    if sum(part.file_size for part in parts) > most:
        raise too_large(path)


class _Counted(io.RawIOBase):
    """A stream that refuses to give more bytes than it is allowed."""

    def __init__(self, content: BinaryIO, path: Path, most: int) -> None:
        self._content = content
        self._path = path
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        into = memoryview(buffer).cast("B")
        chunk = self._content.read(len(into))
        self._left -= len(chunk)
        if self._left < 0:
            raise too_large(self._path)
        into[: len(chunk)] = chunk
        return len(chunk)
