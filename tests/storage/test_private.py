"""Folders are 0700 and files 0600, whatever the umask of whoever started the program."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.server.evidence.key import key_of
from tests.support.desk.desks import SHIPPED
from tests.support.desk.keyrings import NoKeyring
from visitapp.bootstrap import open_services
from visitapp.storage.database import open_server
from visitapp.storage.evidence.files import EvidenceFiles
from visitapp.storage.keys.device_key import unlock
from visitapp.storage.private import narrow_profile

PASSPHRASE = "a long enough passphrase"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")


@pytest.fixture(autouse=True)
def generous_umask() -> Iterator[None]:
    before = os.umask(0o000)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> dict[str, str]:
    """Everything at and below `folder` that another user of the computer may use."""
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}
    return {str(path): oct(mode) for path, mode in modes.items() if mode & 0o077}


def test_a_data_folder_in_use_and_closed_is_its_owners(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    services = open_services(folder, PASSPHRASE, keyring=NoKeyring(), library=SHIPPED)
    files = EvidenceFiles(folder / "evidence", unlock(folder, PASSPHRASE, NoKeyring()))
    files.put(b"a photo")
    arriving = files.arriving("0" * 64)
    arriving.add(0, b"half a photo")
    arriving.keep()
    assert {path.name for path in folder.iterdir()} >= {"key.json", "visitapp.db", "evidence"}
    assert open_to_others(folder) == {}
    services.close()
    assert open_to_others(folder) == {}


def test_the_files_of_a_server_are_its_owners(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    folder.mkdir(0o700)
    database = open_server(f"sqlite:///{folder / 'server.db'}")
    key_of(database, folder / "key", make=True)
    with database.transaction("admin"):
        pass
    assert {path.name for path in folder.iterdir()} >= {"server.db", "key"}
    assert open_to_others(folder) == {}
    database.close()
    assert open_to_others(folder) == {}


def test_a_folder_of_an_earlier_version_is_narrowed_when_it_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    unlock(folder, PASSPHRASE, NoKeyring())
    (folder / "desktop.log").touch()
    for path in (folder, *folder.iterdir()):
        path.chmod(0o755)
    unlock(folder, PASSPHRASE, NoKeyring())
    assert open_to_others(folder) == {}


def test_a_folder_that_many_share_keeps_its_mode(tmp_path: Path) -> None:
    shared = tmp_path / "tmp"
    shared.mkdir()
    shared.chmod(0o1777)
    narrow_profile(shared)
    assert stat.S_IMODE(shared.stat().st_mode) == 0o1777
