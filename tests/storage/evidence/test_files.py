"""Evidence bytes at rest on a device."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from visitapp.errors import Code, EnvironmentProblem
from visitapp.storage.evidence.files import EvidenceFiles

KEY = bytes(range(32))
PLAIN = b"The medicine round was seen on the day. " * 100


@pytest.fixture
def files(tmp_path: Path) -> EvidenceFiles:
    return EvidenceFiles(tmp_path / "evidence", KEY)


def only_file(tmp_path: Path) -> Path:
    (found,) = (tmp_path / "evidence").iterdir()
    return found


def test_bytes_come_back_under_their_hash(files: EvidenceFiles) -> None:
    sha256 = files.put(PLAIN)
    assert sha256 == hashlib.sha256(PLAIN).hexdigest()
    assert (files.get(sha256), files.has(sha256), files.hashes()) == (PLAIN, True, {sha256})


def test_nothing_readable_is_on_the_disk(files: EvidenceFiles, tmp_path: Path) -> None:
    files.put(PLAIN)
    assert b"medicine" not in only_file(tmp_path).read_bytes()


def test_the_same_bytes_are_kept_once_and_never_sealed_alike(tmp_path: Path) -> None:
    one, two = (EvidenceFiles(tmp_path / name, KEY) for name in ("one", "two"))
    sha256 = one.put(PLAIN)
    before = (tmp_path / "one" / sha256).read_bytes()
    assert one.put(PLAIN) == two.put(PLAIN) == sha256
    assert (tmp_path / "one" / sha256).read_bytes() == before
    assert (tmp_path / "two" / sha256).read_bytes() != before


@pytest.mark.parametrize("where", [0, 12, 20, -1])
def test_an_altered_file_is_not_used(files: EvidenceFiles, tmp_path: Path, where: int) -> None:
    sha256 = files.put(PLAIN)
    sealed = bytearray(only_file(tmp_path).read_bytes())
    sealed[where] ^= 1
    only_file(tmp_path).write_bytes(sealed)
    with pytest.raises(EnvironmentProblem) as damaged:
        files.get(sha256)
    assert damaged.value.code == Code.EVIDENCE_DAMAGED


def test_a_cut_off_or_exchanged_file_is_not_used(files: EvidenceFiles, tmp_path: Path) -> None:
    first, second = files.put(PLAIN), files.put(b"another document")
    folder = tmp_path / "evidence"
    (folder / first).write_bytes((folder / second).read_bytes())
    (folder / second).write_bytes(b"short")
    for sha256 in (first, second):
        with pytest.raises(EnvironmentProblem) as damaged:
            files.get(sha256)
        assert damaged.value.code == Code.EVIDENCE_DAMAGED


def test_another_key_opens_nothing(files: EvidenceFiles, tmp_path: Path) -> None:
    sha256 = files.put(PLAIN)
    with pytest.raises(EnvironmentProblem):
        EvidenceFiles(tmp_path / "evidence", bytes(32)).get(sha256)


def test_what_is_not_here_is_said_so(files: EvidenceFiles) -> None:
    missing = hashlib.sha256(b"elsewhere").hexdigest()
    with pytest.raises(EnvironmentProblem) as away:
        files.get(missing)
    assert (away.value.code, files.has(missing), files.hashes()) == (
        Code.EVIDENCE_AWAY,
        False,
        set(),
    )


def test_a_name_that_is_no_hash_reaches_no_file(files: EvidenceFiles) -> None:
    for name in ("../visitapp.db", "A" * 64, ""):
        with pytest.raises(ValueError, match="SHA-256"):
            files.get(name)


def test_a_full_disk_leaves_nothing_half_written(
    files: EvidenceFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentProblem) as refused:
        files.put(PLAIN)
    assert refused.value.code == Code.DISK_FULL
    assert list((tmp_path / "evidence").iterdir()) == []


def test_dropped_bytes_are_gone(files: EvidenceFiles) -> None:
    sha256 = files.put(PLAIN)
    files.drop(sha256)
    files.drop(sha256)
    assert not files.has(sha256)


def test_leftovers_of_a_crash_go_after_a_day(files: EvidenceFiles, tmp_path: Path) -> None:
    sha256 = files.put(PLAIN)
    old, new = (tmp_path / "evidence" / f"{sha256}.{n}.part" for n in ("old", "new"))
    for part in (old, new):
        part.write_bytes(b"half")
    os.utime(old, (1, 1))
    files.sweep()
    assert (old.exists(), new.exists(), files.has(sha256)) == (False, True, True)
