"""One council with somebody of every role, on SQLite; on PostgreSQL with the long tests."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kinds.sample import Place
from tests.support.storage.postgres import fresh_database
from tests.support.sync.council import Council


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)]
)
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """The council of a module; its tests add records and change nobody else's."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/server.db"
        if request.param == "postgresql":
            url = fresh_database(request.getfixturevalue("postgres_cluster"), lasting=True)
        council = Council(Path(folder), url)
        yield Place(council)
        council.close()
