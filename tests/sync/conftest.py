"""Councils on every database and over every transport."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from sync.client.transport import HttpTransport
from tests.support.council import Council
from tests.support.http_server import http_server
from tests.support.postgres import fresh_database, postgres_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL cluster for this run."""
    with postgres_server() as url:
        yield url


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    """A council on SQLite, in the process."""
    made = Council(tmp_path, f"sqlite:///{tmp_path}/server.db")
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_council(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Council]:
    """A council on each kind of database, in the process."""
    made = Council(tmp_path, _database(request, request.param, tmp_path))
    yield made
    made.close()


@pytest.fixture(params=["sqlite direct", "sqlite http", "postgresql direct", "postgresql http"])
def every_council(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Council]:
    """A council on each kind of database, over each transport; its pages are small."""
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


def _database(request: pytest.FixtureRequest, kind: str, folder: Path) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder}/server.db"
    return fresh_database(request.getfixturevalue("postgres"))
