"""An open database and the three ways to use it: to change, to read, to apply what was synced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.orm import Session

from visitapp.storage.capture import CapturingSession, ReadingSession
from visitapp.storage.engines import (
    defer_references,
    device_engine,
    end_view,
    noting,
    server_engine,
    viewing,
    writing,
)
from visitapp.storage.folder import only_process, usable
from visitapp.storage.migrations import SHIPPED, Migrations
from visitapp.storage.other_writers import OtherWriters
from visitapp.storage.probe import probe_device
from visitapp.storage.problems import translated
from visitapp.storage.schema import migrate, require_current, revision

FILE_NAME = "visitapp.db"

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


class Database:
    """A database at the program's revision. Safe to use from several threads and processes.

    engine: of a device or a server. clock: gives aware UTC moments for what is stamped.
    others: notices what other processes write, where that is wanted.
    Each use below is one transaction; records that it gave stay readable afterwards. All raise
    EnvironmentProblem when the disk is full, the file is damaged or another process holds it.
    """

    def __init__(
        self, engine: Engine, clock: Clock = utc_now, others: OtherWriters | None = None
    ) -> None:
        self.engine = engine
        self._others = others
        self._writing = writing(engine)
        self._noting = noting(engine)
        self._viewing = viewing(engine)
        self._clock = clock
        self._closed = False

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """A pool that was emptied would open again, and make a new file where one was erased."""
        if self._closed:
            raise RuntimeError("this database was closed")
        with translated():
            yield

    @contextmanager
    def transaction(self, actor: str) -> Iterator[Session]:
        """What a person does: committed at exit, or not at all when the body raises.

        actor: the user's id, stamped on new records. What waits to be sent and the history are
        written in the same transaction (`storage.capture`). References are checked at commit.
        """
        session = CapturingSession(self._writing, actor=actor, clock=self._clock)
        with self._guarded(), session, session.begin():
            defer_references(session.connection())
            yield session

    @contextmanager
    def applying(self) -> Iterator[Session]:
        """What another machine did: committed at exit, nothing captured.

        References are checked at each statement; `engines.defer_references` puts that off.
        """
        session = Session(self._writing, expire_on_commit=False)
        with self._guarded(), session, session.begin():
            yield session

    @contextmanager
    def storing(self) -> Iterator[Connection]:
        """As `applying`, past the ORM: for what happens often and must take little time."""
        with self._guarded(), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One consistent view. Writing in it is a bug and raises RuntimeError."""
        with self._guarded(), ReadingSession(self._viewing, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def viewing(self) -> Iterator[Connection]:
        """One consistent view past the ORM, for what happens often and must take little time."""
        with self._guarded(), self._viewing.connect() as connection:
            yield connection
            end_view(connection)

    @contextmanager
    def noting(self) -> Iterator[Connection]:
        """As `storing`, for what a power cut may take back because it comes again or is of no
        weight."""
        with self._guarded(), self._noting.begin() as connection:
            yield connection

    def others_wrote(self) -> bool:
        """Whether another process changed this device's data since this was last asked. Takes a few
        microseconds. Ask from one thread only."""
        return self._others is not None and self._others.wrote()

    def close(self) -> None:
        """Close every connection; the last one to close folds the write-ahead log into the file.
        Using it afterwards is a bug and raises RuntimeError."""
        self._closed = True
        if self._others is not None:
            self._others.close()
        self.engine.dispose()


def open_device(
    folder: Path, key: bytes, clock: Clock = utc_now, migrations: Migrations = SHIPPED
) -> Database:
    """Open `folder`/visitapp.db with its raw 32-byte key; make it when there is none.

    A database of an older program is copied to visitapp.db.before-REVISION and migrated. Raises
    EnvironmentProblem, and touches nothing, when the key is wrong (WRONG_KEY), the database is
    of a newer program (DATABASE_NEWER) or damaged (DATABASE_DAMAGED), or the folder cannot be
    used (FOLDER_UNUSABLE).
    """
    path = usable(folder) / FILE_NAME
    engine = device_engine(path, key)
    try:
        if probe_device(path, key, migrations) != migrations.head:
            with translated(), only_process(folder):
                migrate(engine, migrations, path)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, clock, OtherWriters(engine))


def open_server(url: str, clock: Clock = utc_now, migrations: Migrations = SHIPPED) -> Database:
    """Open the database of a server, `sqlite:///FILE` or `postgresql://USER@HOST/NAME`.

    The tables are made in an empty one. Raises Refused on another kind of address, and
    EnvironmentProblem as `open_device` does, DATABASE_UNREACHABLE, or DATABASE_OLDER: a server's
    database is migrated on purpose, by `migrate_server`.
    """
    engine = server_engine(url)
    try:
        with translated():
            with engine.connect() as connection:
                found = revision(connection, migrations)
                if found is not None:
                    require_current(connection, migrations)
            if found is None:
                migrate(engine, migrations, None)
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, clock)


def migrate_server(url: str, migrations: Migrations = SHIPPED) -> str | None:
    """Bring a server's database to the program's revision, in one transaction under a lock.

    Returns the revision it was at; None for an empty one, which is left empty. A SQLite file is
    first copied to FILE.before-REVISION; a PostgreSQL database is its keeper's to back up. Whatever
    is raised, the database is as it was.
    """
    engine = server_engine(url)
    path = make_url(url).database if engine.dialect.name == "sqlite" else None
    try:
        with translated():
            with engine.connect() as connection:
                found = revision(connection, migrations)
            if found is not None:
                migrate(engine, migrations, None if path is None else Path(path))
    finally:
        engine.dispose()
    return found
