"""A file is there whole or not at all, and nothing is left beside it."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from visitapp.storage.whole_file import NO_ROOM, whole_file


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "key.json"
    path.write_bytes(b"old")
    with whole_file(path, lasting=True) as file:
        file.write(b"line\nfeed")
        assert (path.read_bytes(), (tmp_path / "key.json.part").exists()) == (b"old", True)
    assert path.read_bytes() == b"line\nfeed"
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_while_writing_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "work.rescue"
    path.write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise KeyError

    with pytest.raises(KeyError), whole_file(path) as file:
        file.writelines(pieces())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, part = tmp_path / "report.pdf", tmp_path / ".report.part"
    path.write_bytes(b"old")

    def full(handle: int) -> None:
        assert part.exists()
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no room") as raised, whole_file(path, part=part) as file:
        file.write(b"new")
    assert raised.value.errno in NO_ROOM
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_its_place_stays(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(OSError, match="out"), whole_file(tmp_path / "out") as file:
        file.write(b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_in_the_place_of_the_part_stays(tmp_path: Path) -> None:
    (tmp_path / "out.part").mkdir()
    with pytest.raises(OSError, match="part"), whole_file(tmp_path / "out"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["out.part"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_private_file_is_its_owners_from_its_first_byte(tmp_path: Path) -> None:
    path = tmp_path / "all.backup"
    with whole_file(path) as file:
        file.write(b"everything")
        file.flush()
        assert stat.S_IMODE((tmp_path / "all.backup.part").stat().st_mode) == 0o600
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps names without being asked")
def test_the_folder_is_flushed_after_the_file_took_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, flushed = tmp_path / "key.json", []
    real = os.fsync

    def noting(handle: int) -> None:
        flushed.append((stat.S_ISDIR(os.fstat(handle).st_mode), path.exists()))
        real(handle)

    monkeypatch.setattr(os, "fsync", noting)
    with whole_file(path, lasting=True):
        pass
    assert flushed == [(False, False), (True, True)]
