"""Councils on every database and over every transport."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from sync.client.link.transport import HttpTransport
from sync.server.sync.push import Store
from tests.support.server.http_server import http_server
from tests.support.storage.postgres import fresh_database
from tests.support.sync.council import Council
from visitapp.storage.database import open_server


@pytest.fixture(autouse=True)
def taken_as_a_whole(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server takes a batch change by change where a fault of its own met the whole: that mends
    what a person sees, and must not hide the fault from a test. Where servers die, it may."""
    if not (request.node.get_closest_marker("change_by_change") or "faults" in request.path.parts):
        monkeypatch.delattr(Store, "_one_by_one")


@pytest.fixture
def council(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Council]:
    """A council on SQLite, in the process."""
    made = Council(tmp_path, _database(request, "sqlite", tmp_path))
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_council(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Council]:
    """A council on each kind of database, in the process."""
    made = Council(tmp_path, _database(request, request.param, tmp_path))
    yield made
    made.close()


@pytest.fixture(
    params=[
        "sqlite http",
        "postgresql direct",
        pytest.param("sqlite direct", marks=pytest.mark.soak),
        pytest.param("postgresql http", marks=pytest.mark.soak),
    ]
)
def every_council(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Council]:
    """A council on each kind of database, over each transport; its pages are small.

    Each database and each transport once; the other pairs with the long proofs.
    """
    kind, transport = request.param.split()
    with ExitStack() as stack:
        made = Council(tmp_path, _database(request, kind, tmp_path), page=3)
        stack.callback(made.close)
        if transport == "http":
            url = stack.enter_context(http_server(made.server))

            def over_http() -> HttpTransport:
                link = HttpTransport(url)
                stack.callback(link.close)
                return link

            made.transport = over_http
        yield made


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite server database with its tables, to be copied."""
    path = tmp_path_factory.mktemp("server") / "server.db"
    open_server(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def empty_postgres(postgres_cluster: str) -> str:
    """A PostgreSQL database with its tables, to be copied; its address."""
    url = fresh_database(postgres_cluster, lasting=True)
    open_server(url).close()
    return url


def _database(request: pytest.FixtureRequest, kind: str, folder: Path) -> str:
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("empty_server"), folder / "server.db")
        return f"sqlite:///{folder}/server.db"
    cluster, template = map(request.getfixturevalue, ("postgres", "empty_postgres"))
    return fresh_database(cluster, like=template)
