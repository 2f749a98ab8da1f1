"""The floor that sync is measured against: the same rows, and nothing of what makes sync safe.

One zstd compressed JSON body goes to a bare ASGI application, which inserts the rows with
executemany; and the reverse, into an encrypted device database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import zstandard
from sqlalchemy import make_url

from visitapp.storage.engines import keyed_connection

Rows = dict[str, list[list[Any]]]
"""By table, the rows as JSON values, each as long as the table is wide."""


class Floor:
    """A bare application with the tables it needs. `connect` opens its database; `mark` is how the
    driver writes a parameter."""

    def __init__(self, connect: Callable[[], Any], mark: str) -> None:
        self._connect = connect
        self._mark = mark

    def make_tables(self, rows: Rows) -> None:
        with_tables(self._connect(), rows)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        if scope["method"] == "POST":
            insert_rows(self._connect(), unpacked(await _body(receive)), self._mark)
            answer = b"{}"
        else:
            answer = packed(self._select(scope["query_string"].decode().split(",")))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": answer})

    def _select(self, tables: list[str]) -> Rows:
        connection = self._connect()
        rows = {t: [list(r) for r in connection.execute(f"SELECT * FROM {t}")] for t in tables}
        connection.close()
        return rows


def on_sqlite(path: Path) -> Floor:
    """A floor over a plain SQLite file."""
    return Floor(lambda: sqlite3.connect(path), "?")


def on_postgresql(url: str) -> Floor:
    """A floor over a PostgreSQL database."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return Floor(lambda: psycopg.connect(plain), "%s")


def device(path: Path, key: bytes) -> Any:
    """An encrypted database, bare."""
    return keyed_connection(str(path), key)


def with_tables(connection: Any, rows: Rows) -> None:
    """Make a table for each kind of rows, as wide as they are, with the first column as its key."""
    for table, some in rows.items():
        others = ", ".join(f"c{n} TEXT" for n in range(1, len(some[0])))
        connection.execute(f"CREATE TABLE {table} (c0 TEXT PRIMARY KEY, {others})")
    connection.commit()
    connection.close()


def insert_rows(connection: Any, rows: Rows, mark: str) -> None:
    """Insert everything in one transaction."""
    cursor = connection.cursor()
    cursor.execute("BEGIN")
    for table, some in rows.items():
        marks = ", ".join([mark] * len(some[0]))
        cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", some)
    connection.commit()
    connection.close()


def packed(rows: Rows) -> bytes:
    """One compressed JSON body."""
    return zstandard.ZstdCompressor(level=1).compress(msgspec.json.encode(rows))


def unpacked(body: bytes) -> Rows:
    """The reverse."""
    plain = zstandard.ZstdDecompressor().stream_reader(body).read()
    return msgspec.json.decode(plain, type=Rows)


async def _body(receive: Any) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)
