"""Engines: how a connection is opened, keyed and begun, for each kind of database.

SQLite's driver opens no transactions by itself here: the `begin` event does, so that a transaction
that will write takes the write lock at once (`BEGIN IMMEDIATE`) and two processes wait for each
other in place of failing half-way. Every commit is flushed to the disk (`synchronous=FULL`), but
for notes (`noting`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, NullPool, QueuePool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from visitapp.errors import Code, EnvironmentProblem, Refused
from visitapp.language import message
from visitapp.storage.private import private_file

WAIT_SECONDS = 10.0
"""How long a writer waits for another process to finish its transaction."""

CACHE_KB = 48 * 1024
"""How much of a SQLite database a connection may keep in memory. With SQLite's own 2 MB, a year's
records would be read and decrypted again for every index that a batch touches."""

CHECKPOINT_PAGES = 16384
"""Pages of the write-ahead log after which it is folded into the file: 64 MB, so that a long sync
need not copy what it wrote before it is done. What is committed is on the disk either way."""

_FULL, _NORMAL = "FULL", "NORMAL"
_WRITES = {"visitapp_writes": _FULL}
_FLUSHES = "visitapp_flushes"
"""Where it is remembered of a connection which `synchronous` it has."""
_NOTES = {"visitapp_writes": _NORMAL}


def _json_text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


_JSON = {"json_serializer": _json_text, "json_deserializer": msgspec.json.decode}
"""JSON columns by msgspec, which takes a fifth of the time of the standard library."""

_POOL: dict[str, Any] = {"poolclass": QueuePool, "pool_use_lifo": True}
"""The connection that was used last goes first: where two took turns, each would find its cache
overtaken by what the other wrote, and read and decrypt everything again."""


_QUIET: dict[str, Any] = {"hide_parameters": True}
"""No error quotes the values of its statement, which are what people wrote."""


def device_engine(path: Path, key: bytes) -> Engine:
    """The engine of an encrypted device database; `key` is its raw 32 bytes. Opens nothing yet."""

    def connect() -> Any:
        private_file(path)
        connection = _prepared(keyed_connection(str(path), key))
        # What is deleted stays encrypted like all the rest; it need not be written over besides.
        connection.execute("PRAGMA secure_delete = FAST")
        return connection

    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=connect, **_POOL, **_JSON, **_QUIET
    )
    event.listen(engine, "begin", _begin)
    return engine


def probing_engine(path: Path, key: bytes) -> Engine:
    """The engine that looks at a device database and leaves its file and its log as they are."""
    address = f"{path.resolve().as_uri()}?mode=ro"

    def connect() -> Any:
        return keyed_connection(address, key, uri=True)

    return create_engine(
        "sqlite://", module=sqlcipher, creator=connect, poolclass=NullPool, **_QUIET
    )


def server_engine(url: str) -> Engine:
    """The engine of a server database, `sqlite:///file` or `postgresql://…`. Opens nothing yet.

    Raises Refused when the address is of neither kind.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # A password with signs of an address's own; what the library says would quote a part of it.
        raise _bad_address() from None
    if parsed.get_backend_name() == "postgresql":
        return create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            **_POOL,
            **_JSON,
            **_QUIET,
        )
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        raise _bad_address()
    path = parsed.database

    def connect() -> Any:
        private_file(Path(path))
        return _prepared(
            sqlite3.connect(
                path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
        )

    engine = create_engine("sqlite://", creator=connect, **_POOL, **_JSON, **_QUIET)
    event.listen(engine, "begin", _begin)
    return engine


def keyed_connection(database: str, key: bytes, *, uri: bool = False) -> Any:
    """A SQLCipher connection that was given its raw 32-byte key; nothing was read yet.

    SQLCipher would print to stderr what it cannot decrypt; our sentences say it instead.
    """
    connection = sqlcipher.connect(
        database, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False, uri=uri
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.set_key(f"x'{key.hex()}'")
    return connection


def writing(engine: Engine) -> Engine:
    """The same engine and pool, whose transactions will write."""
    return engine.execution_options(**_WRITES)


def noting(engine: Engine) -> Engine:
    """The same engine and pool, whose transactions write what a power cut may take back: SQLite's
    flush nothing themselves. What is committed later never stands without them."""
    return engine.execution_options(**_NOTES)


def viewing(engine: Engine) -> Engine:
    """The same engine and pool, whose transactions see one moment throughout, as SQLite's do."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine


def end_view(connection: Connection) -> None:
    """End the transaction of a `viewing` engine so that what was prepared for it stays.

    Psycopg forgets every prepared statement at a rollback, which is how the pool ends one.
    """
    if connection.dialect.name == "postgresql":
        connection.commit()


def defer_references(connection: Connection) -> None:
    """Check references to parents at the end of this transaction, not at each statement."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    else:
        connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """One transaction that may build tables anew which others refer to.

    SQLite would refuse to drop such a table. References are not checked meanwhile, and all of them
    before the commit. Raises EnvironmentProblem DATABASE_DAMAGED when one refers to nothing.
    """
    if engine.dialect.name == "postgresql":
        with writing(engine).begin() as connection:
            yield connection
        return
    with writing(engine).connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise EnvironmentProblem(
                        Code.DATABASE_DAMAGED,
                        message("A record in this database refers to one that is not there."),
                        message("It was not changed. Restore it from a backup."),
                    )
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def _prepared(connection: Any) -> Any:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {_FULL}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    except BaseException:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    # What cannot fail goes straight to the driver: a transaction may be shorter than SQLAlchemy's
    # way there.
    driver: Any = connection.connection.dbapi_connection
    flushes = connection.get_execution_options().get("visitapp_writes")
    if flushes is None:
        driver.execute("BEGIN")
        return
    if connection.info.get(_FLUSHES, _FULL) != flushes:
        driver.execute(f"PRAGMA synchronous = {flushes}")
        connection.info[_FLUSHES] = flushes
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _bad_address() -> Refused:
    return Refused(
        Code.BAD_VALUE,
        message("This is not the address of a database."),
        message("Use sqlite:///FILE or postgresql://USER@HOST/NAME."),
    )
