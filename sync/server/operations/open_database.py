"""Opening the server's database, made before or to be made now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import inspect, make_url, select

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Counter
from visitapp.storage.database import Database, open_server
from visitapp.storage.engines import server_engine
from visitapp.storage.problems import translated


@contextmanager
def create(url: str) -> Iterator[Database]:
    """The database at `url`, its tables made when there are none."""
    database = open_server(url)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def open_initialised(url: str) -> Iterator[Database]:
    """The database at `url`, which `visitapp-server init` made. Raises Refused when it did not,
    and EnvironmentProblem DATABASE_OLDER or DATABASE_NEWER when it is of another version."""
    if not initialised(url):
        raise missing()
    with create(url) as database:
        yield database


def initialised(url: str) -> bool:
    """Whether the database is there and has a server's identity. Makes and changes nothing."""
    engine = server_engine(url)
    try:
        if engine.dialect.name == "sqlite" and not Path(make_url(url).database or "").exists():
            return False
        with translated(), engine.connect() as connection:
            if not inspect(connection).has_table(Counter.__tablename__):
                return False
            return connection.execute(select(Counter.id)).first() is not None
    finally:
        engine.dispose()


def disk_of(url: str) -> Path | None:
    """The folder on whose disk a SQLite database lies; None for PostgreSQL, which has its own."""
    parsed = make_url(url)
    return Path(parsed.database or "").resolve().parent if parsed.drivername == "sqlite" else None


def is_postgresql(url: str) -> bool:
    """Which of the two kinds of database an address names. Raises Refused for any other."""
    engine = server_engine(url)
    engine.dispose()
    return engine.dialect.name == "postgresql"


def missing() -> Refused:
    """What is said of a database in which no server was made."""
    return Refused(
        Code.NOT_FOUND,
        message("There is no server in this database yet."),
        message("Run visitapp-server init with the same --database first."),
    )
