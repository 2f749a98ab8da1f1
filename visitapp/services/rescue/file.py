"""Rescue files written and read: the contents as a stream of sealed frames.

A frame is a MessagePack array: what it is, then what it holds. `about` comes first and `end`, with
the number of frames before it, last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from visitapp.errors import BadFile, Code, EnvironmentProblem
from visitapp.language import message
from visitapp.services.rescue.contents import About, Contents
from visitapp.storage.salvage.sealed_file import SealedWriter, frames, require_whole
from visitapp.storage.whole_file import whole_file

_PIECE = 512 * 1024
_RECORD, _WAITS, _BATCH, _BYTES, _END = "record", "waits", "batch", "bytes", "end"

ReadBytes = Callable[[str], bytes | None]
"""The evidence bytes of a hash; None when they are not on the device."""


def write_contents(out: Path, passphrase: str, contents: Contents, read: ReadBytes) -> list[str]:
    """Write a rescue file, whole or not at all; gives the hashes whose bytes are not there.

    Raises EnvironmentProblem when `out` cannot be written.
    """
    missing: list[str] = []
    try:
        with whole_file(out) as file:
            writer = SealedWriter(file, passphrase)
            count = 0
            for frame in _frames_of(contents, read, missing):
                writer.write(msgspec.msgpack.encode(frame))
                count += 1
            writer.write(msgspec.msgpack.encode((_END, count)))
            writer.close()
    except OSError as error:
        raise EnvironmentProblem(
            Code.FOLDER_UNUSABLE,
            message("The rescue file {file} could not be written.", file=out),
            message(
                "Check that the disk has room and that you may write there, or choose another "
                "place."
            ),
        ) from error
    return missing


def read_contents(path: Path, passphrase: str) -> Contents:
    """The contents of a rescue file, looked through to its end, without the evidence bytes.

    Raises BadFile when it is none or not whole, EnvironmentProblem WRONG_KEY.
    """
    require_whole(path)
    contents = Contents(About(made_at=""))
    for count, (kind, *held) in enumerate(_decoded(path, passphrase)):
        if kind == "about":
            contents.about = msgspec.convert(held[0], About)
        elif kind == _RECORD:
            contents.records.setdefault(held[0], []).append(held[1])
        elif kind == _WAITS:
            contents.waiting.append(held[0])
        elif kind == _BATCH:
            contents.batches.append(held[0])
        elif kind == _BYTES:
            contents.hashes.add(held[0])
        elif kind == _END and held[0] == count:
            return contents
    raise _unknown(path)


def evidence_in(path: Path, passphrase: str) -> Iterator[tuple[str, bytes]]:
    """Each hash with its bytes."""
    sha256, pieces = "", bytearray()
    for kind, *held in _decoded(path, passphrase):
        if kind == _BYTES:
            if held[0] != sha256 and sha256:
                yield sha256, bytes(pieces)
                pieces.clear()
            sha256 = held[0]
            pieces += held[1]
    if sha256:
        yield sha256, bytes(pieces)


def _frames_of(
    contents: Contents, read: ReadBytes, missing: list[str]
) -> Iterator[tuple[Any, ...]]:
    yield "about", contents.about
    for kind, rows in contents.records.items():
        for row in rows:
            yield _RECORD, kind, row
    for row in contents.waiting:
        yield _WAITS, row
    for row in contents.batches:
        yield _BATCH, row
    for sha256 in sorted(contents.hashes):
        data = read(sha256)
        if data is None:
            missing.append(sha256)
            continue
        for start in range(0, max(len(data), 1), _PIECE):
            yield _BYTES, sha256, data[start : start + _PIECE]


def _decoded(path: Path, passphrase: str) -> Iterator[list[Any]]:
    for frame in frames(path, passphrase):
        try:
            yield msgspec.msgpack.decode(frame, type=list[Any])
        except msgspec.DecodeError:
            raise _unknown(path) from None


def _unknown(path: Path) -> BadFile:
    return BadFile(
        Code.FILE_UNREADABLE,
        message("This rescue file was made by a newer version of Visitapp."),
        message("Install the newest version of Visitapp on this computer."),
        file=path.name,
    )
