"""The real type of a file, whatever it is called: text, gzip, zip, a spreadsheet, XML, JSON.

Only the first kilobytes are read to decide, so that a large wrong file is refused at once; what is
unpacked is counted, so that a small file cannot unpack to a disk full.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from forms.spreadsheet.compound import SIGNATURE
from forms.spreadsheet.encodings import told_encoding
from visitapp.errors import BadFile, Code
from visitapp.given_files import open_given
from visitapp.language import Message, message

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SAMPLE = 256 * 1024
MOST = 1024**3
"""Bytes of one file, unpacked: four times the largest edition that regulators publish."""
_ZIP = b"PK\x03\x04"
_SHEETS = {"content.xml", "xl/workbook.xml", "xl/workbook.bin"}
_DATA = (".csv", ".tsv", ".txt", ".xml", ".json")
_UNKNOWN = message("This is not a directory that Visitapp knows. Nothing was imported.")
_KINDS_TAKEN = message(
    "Import CQC latest ratings or HSCA active locations, food hygiene ratings (XML or JSON), or "
    "the Care Inspectorate datastore."
)


class Shape(Enum):
    """How the content of a file is laid out."""

    TEXT = "text"
    SHEETS = "sheets"
    XML = "xml"
    JSON = "json"


def shape_of(path: Path) -> Shape:
    """How the content is laid out. Raises BadFile, naming the file, when no importer reads it."""
    try:
        with open_given(path) as file:
            start = file.read(8)
    except FileNotFoundError:
        raise BadFile(
            Code.FILE_MISSING,
            message("There is no such file."),
            message("Check the name."),
            file=str(path),
        ) from None
    except OSError as error:
        raise BadFile(
            Code.FILE_UNREADABLE, message("This file cannot be read."), file=str(path)
        ) from error
    if not start:
        raise _empty(path)
    if start == SIGNATURE or (start.startswith(_ZIP) and _only_member(path) is None):
        return Shape.SHEETS
    sample = sample_of(path)
    if not sample.strip():
        raise _empty(path)
    encoding = told_encoding(sample)
    if b"\0" in sample and encoding is None:
        raise unknown(path)
    beginning = sample[:1000].decode(encoding or "latin-1", errors="ignore").lstrip()
    if beginning.startswith(("{", "[")):
        return Shape.JSON
    return Shape.XML if beginning.startswith("<") else Shape.TEXT


def sample_of(path: Path) -> bytes:
    """The first bytes of the content, unpacked."""
    with reading(path) as stream:
        return stream.read(SAMPLE)


@contextmanager
def reading(path: Path, most: int = MOST) -> Iterator[io.BufferedReader]:
    """The content, unpacked when it is gzip or one file in a zip; at most `most` bytes of it.

    Raises BadFile when it is cut short, damaged or unpacks to more than any directory holds.
    """
    try:
        with ExitStack() as stack:
            file = stack.enter_context(open_given(path))
            start = file.read(4)
            file.seek(0)
            content: BinaryIO = file
            if start.startswith(b"\x1f\x8b"):
                content = cast(BinaryIO, gzip.GzipFile(fileobj=file))
            elif start == _ZIP and (member := _only_member(path)):
                archive = stack.enter_context(zipfile.ZipFile(file))
                content = cast(BinaryIO, stack.enter_context(archive.open(member)))
            yield io.BufferedReader(_Counted(content, path, most))
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise cut_short(path) from error
    except (NotImplementedError, RuntimeError) as error:
        raise _locked(path) from error


def _only_member(path: Path) -> str | None:
    """The one data file in a zip; None when the zip is a spreadsheet.

    Raises BadFile when it is damaged or holds no data file, or several.
    """
    try:
        with open_given(path) as file, zipfile.ZipFile(file) as archive:
            parts = [part.filename for part in archive.infolist()]
    except zipfile.BadZipFile as error:
        raise cut_short(path) from error
    if _SHEETS & set(parts):
        return None
    named = [p for p in parts if not p.startswith("__MACOSX/")]
    found = [p for p in named if p.lower().endswith(_DATA)]
    # A text beside the data is its description.
    found = [p for p in found if not p.lower().endswith(".txt")] or found
    if len(found) == 1:
        return found[0]
    if not found:
        raise unknown(
            path,
            message("The zip holds no CSV, XML or JSON file. Nothing was imported."),
            message("Unpack it and import the file inside."),
        )
    raise BadFile(
        Code.FILE_UNKNOWN,
        message("The zip contains {count} files. Nothing was imported.", count=len(found)),
        message("Unpack it and import the files one by one."),
        file=str(path),
    )


def cut_short(path: Path, row: int | None = None) -> BadFile:
    """The refusal of a file that ends too soon."""
    return BadFile(
        Code.FILE_UNREADABLE,
        message("The file is damaged or incomplete. Nothing was imported."),
        message("Download it again."),
        file=str(path),
        row=row,
    )


def unknown(path: Path, why: Message = _UNKNOWN, next_step: Message = _KINDS_TAKEN) -> BadFile:
    """The refusal of a file that no importer knows. why: a sentence that says what it is."""
    return BadFile(
        Code.FILE_UNKNOWN,
        why,
        next_step,
        file=str(path),
    )


def _locked(path: Path) -> BadFile:
    return BadFile(
        Code.FILE_UNREADABLE,
        message(
            "The zip is protected by a password or packed in an unusual way. Nothing was imported."
        ),
        message("Unpack it and import the file inside."),
        file=str(path),
    )


def _empty(path: Path) -> BadFile:
    return BadFile(
        Code.FILE_EMPTY,
        message("The file is empty."),
        message("Download it again."),
        file=str(path),
    )


def too_large(path: Path) -> BadFile:
    """The refusal of a file that holds more than any directory."""
    return BadFile(
        Code.FILE_TOO_LARGE,
        message("The file is too large to be a directory. Nothing was imported."),
        message("Check that it is the right file."),
        file=str(path),
    )


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
