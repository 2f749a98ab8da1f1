"""Councils on each kind of database, for the server's own tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.storage.postgres import fresh_database


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it, of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{(tmp_path / 'empty-server.db').as_posix()}"
    else:
        yield fresh_database(request.getfixturevalue("postgres"))
