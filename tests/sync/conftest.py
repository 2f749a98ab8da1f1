"""Councils on every database and over every transport."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from sync.client.link.transport import HttpTransport
from sync.server.sync.push import Store
from tests.support.server.http_server import http_server
from tests.support.storage.postgres import fresh_database, postgres_server
from tests.support.sync.council import Council
from visitapp.storage.database import open_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL cluster for this run."""
    with postgres_server() as url:
        yield url


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
def empty_postgres(postgres: str) -> str:
    """A PostgreSQL database with its tables, to be copied; its address."""
    url = fresh_database(postgres)
    open_server(url).close()
    return url


def _database(request: pytest.FixtureRequest, kind: str, folder: Path) -> str:
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("empty_server"), folder / "server.db")
        return f"sqlite:///{folder}/server.db"
    return _copied(request.getfixturevalue("postgres"), request.getfixturevalue("empty_postgres"))


def _copied(cluster: str, template: str) -> str:
    name = f"copy_{uuid.uuid4().hex}"
    plain = make_url(cluster).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        made, copied = sql.Identifier(name), sql.Identifier(make_url(template).database or "")
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(made, copied))
    return make_url(cluster).set(database=name).render_as_string(hide_password=False)
