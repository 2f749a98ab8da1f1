"""A file that a person names is read only when it is a regular file: no pipe, device or folder."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from forms.format.source import read_text
from forms.xlsform.workbook.read import read_workbook
from sync.server.operations.restore import restore
from visitapp.cli.files import read_object
from visitapp.configuration import ServerConfiguration, read_configuration
from visitapp.errors import VisitappError
from visitapp.given_files import open_given, read_given
from visitapp.services.evidence.given import read_file
from visitapp.storage.directory import importing
from visitapp.storage.salvage.sealed_file import require_whole

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def folder(path: Path) -> None:
    path.mkdir()


def read_directory(path: Path) -> object:
    with importing.read_file(path, None, date(2026, 11, 29)) as edition:
        return edition


def read_config(path: Path) -> object:
    return read_configuration(ServerConfiguration, {"VISITAPP_CONFIG": str(path)})


def put_back(path: Path) -> object:
    return restore(path, f"sqlite:///{path.with_name('server.db')}")


READERS: list[Callable[[Path], object]] = [
    read_text,
    read_workbook,
    read_object,
    read_file,
    read_directory,
    require_whole,
    read_config,
    put_back,
]


@pytest.fixture(params=[pipe, endless, folder])
def special(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "given.csv"
    request.param(path)
    return path


@pytest.mark.timeout(60)
@pytest.mark.parametrize("read", READERS)
def test_each_reader_refuses_it_in_one_sentence(
    special: Path, read: Callable[[Path], object]
) -> None:
    with pytest.raises(VisitappError):
        read(special)


def test_a_socket_is_refused(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        with pytest.raises(OSError, match=r"."):
            open_given(tmp_path / "s")


@pytest.fixture
def handles() -> Iterator[None]:
    before = len(list(Path("/proc/self/fd").iterdir()))
    yield
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_refused_file_is_not_left_open(special: Path, handles: None) -> None:
    with pytest.raises(OSError, match="not a file"):
        open_given(special)


def test_a_link_to_a_regular_file_is_read_up_to_its_bound(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345678")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert read_given(tmp_path / "link", 8) == b"12345678"
    assert read_given(tmp_path / "link", 5) == b"123456", "one more says that there is more"
