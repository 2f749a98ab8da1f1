"""Real databases of every kind that a record may live in.

Each kind is made and migrated once; a test gets its own copy.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.desk.clocks import HandClock
from tests.support.storage.postgres import fresh_database
from visitapp.storage import migrations
from visitapp.storage.database import Database, open_device, open_server
from visitapp.storage.migrations import SHIPPED, Migrations

KEY = bytes(range(32))


@pytest.fixture(scope="session")
def blank_postgres(postgres_cluster: str) -> str:
    url = fresh_database(postgres_cluster, lasting=True)
    open_server(url).close()
    return url


@pytest.fixture(scope="session")
def blank_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("blank")
    open_device(folder, KEY).close()
    open_server(f"sqlite:///{folder / 'server.db'}").close()
    return folder


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def key() -> bytes:
    return KEY


@pytest.fixture
def device(tmp_path: Path, blank_files: Path, clock: HandClock) -> Iterator[Database]:
    """An encrypted device database."""
    shutil.copytree(blank_files, tmp_path / "profile")
    database = open_device(tmp_path / "profile", KEY, clock)
    yield database
    database.close()


@pytest.fixture(params=["device", "sqlite", "postgres"])
def database(
    request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock
) -> Iterator[Database]:
    """The same contract over the encrypted device and both servers."""
    if request.param == "device":
        yield request.getfixturevalue("device")
        return
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("blank_files") / "server.db", tmp_path)
        opened = open_server(f"sqlite:///{tmp_path / 'server.db'}", clock)
    else:
        cluster = request.getfixturevalue("postgres")
        blank = request.getfixturevalue("blank_postgres")
        opened = open_server(fresh_database(cluster, like=blank), clock)
    yield opened
    opened.close()


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str], Migrations]:
    """The revisions of the program whose newest was `last`."""

    def of(last: str) -> Migrations:
        folder = tmp_path / last
        shutil.copytree(Path(migrations.__file__).parent, folder, dirs_exist_ok=True)
        for file in (folder / "versions").glob("r*.py"):
            if file.name[1:5] > last:
                file.unlink()
        return Migrations(str(folder), tuple(r for r in SHIPPED.revisions if r <= last))

    return of
