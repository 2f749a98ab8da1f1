"""A report is there whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from visitapp.errors import Code, EnvironmentProblem
from visitapp.reports.paper.whole_file import write_whole


def test_writes_into_a_new_folder_and_over_an_old_file(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b" / "report.pdf"
    assert write_whole(out, b"old") == out
    write_whole(out, b"new")
    assert out.read_bytes() == b"new"
    assert list(out.parent.iterdir()) == [out]


def test_a_folder_that_is_a_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(EnvironmentProblem) as caught:
        write_whole(tmp_path / "file" / "report.pdf", b"new")
    assert caught.value.code == Code.FOLDER_UNUSABLE
    assert "report.pdf" in str(caught.value.what)
    assert str(caught.value.next_step)


def test_a_target_that_is_a_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").mkdir()
    with pytest.raises(EnvironmentProblem):
        write_whole(tmp_path / "report.pdf", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["report.pdf"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_apart_and_keeps_the_old_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = write_whole(tmp_path / "report.pdf", b"old")
    full = os.open("/dev/full", os.O_WRONLY)
    real = os.fdopen

    def onto_the_full_disk(handle: int, mode: str) -> BinaryIO:
        os.close(handle)
        return cast(BinaryIO, real(full, mode))

    monkeypatch.setattr(os, "fdopen", onto_the_full_disk)
    with pytest.raises(EnvironmentProblem) as caught:
        write_whole(out, b"new")
    assert caught.value.code == Code.DISK_FULL
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.ENOSPC
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_read_only_folder_is_said_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(EnvironmentProblem) as caught:
            write_whole(tmp_path / "report.pdf", b"new")
    finally:
        tmp_path.chmod(0o700)
    assert caught.value.code == Code.FOLDER_UNUSABLE
