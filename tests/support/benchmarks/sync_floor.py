"""The floor that sync is measured against: the same rows, and nothing of what makes sync safe.

Push: the rows of an encrypted device database go as one zstd compressed JSON body to a bare ASGI
application, which inserts them with executemany. Pull: the reverse. Tables have a primary key and
nothing else: no index, reference, revision, outbox or scope.

    python -m tests.support.benchmarks.sync_floor DATABASE

serves; the first line printed is the address.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import psycopg
import requests
import uvicorn
import zstandard
from sqlalchemy import make_url

from sync.server.process.socket import listening
from visitapp.records import SYNCED, Action, new_id
from visitapp.records.codec import columns
from visitapp.storage.engines import keyed_connection

Rows = dict[str, list[list[Any]]]
"""By table, the rows as JSON values, each as long as the table is wide."""

Connect = Callable[[], Any]


class Floor:
    """A bare application with the tables it needs. `connect` opens its database; `mark` is how the
    driver writes a parameter."""

    def __init__(self, connect: Connect, mark: str) -> None:
        self._connect = connect
        self._mark = mark

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        if scope["method"] == "POST":
            insert_rows(self._connect(), unpacked(await _body(receive)), self._mark)
            answer = b"{}"
        else:
            answer = packed(select_rows(self._connect()))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": answer})


def server_side(url: str) -> tuple[Connect, str]:
    """How to connect to a server's database, and its mark."""
    if url.startswith("sqlite"):
        return lambda: sqlite3.connect(str(make_url(url).database)), "?"
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return lambda: psycopg.connect(plain), "%s"


def device_side(path: Path, key: bytes) -> Connect:
    """How to connect to a device's encrypted database."""
    return lambda: keyed_connection(str(path), key)


def make_tables(connection: Any) -> None:
    """A table for each kind of record, as wide as what travels of it, its first column the key."""
    for kind in SYNCED:
        others = ", ".join(f"c{n} TEXT" for n in range(1, len(columns(kind)) + 1))
        connection.execute(
            f"CREATE TABLE floor_{kind.__tablename__} (c0 TEXT PRIMARY KEY, {others})"
        )
    connection.commit()
    connection.close()


def copy_of(device: Any, to: Any) -> None:
    """Give a floor's device the rows of a real one."""
    to.execute("BEGIN")
    for kind in SYNCED:
        names = ", ".join(f'"{name}"' for name in ("id", *columns(kind)))
        rows = device.execute(f'SELECT {names} FROM "{kind.__tablename__}"').fetchall()
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            to.executemany(f"INSERT INTO floor_{kind.__tablename__} VALUES ({marks})", rows)
    to.execute("COMMIT")
    device.close()
    to.close()


def push(device: Connect, address: str) -> None:
    """Send everything."""
    requests.post(address, data=packed(select_rows(device())), timeout=600).raise_for_status()


def pull(device: Connect, address: str) -> None:
    """Receive everything."""
    answer = requests.get(address, timeout=600)
    insert_rows(device(), unpacked(answer.content), "?")


def small_rounds(device: Connect, address: str) -> Callable[[], None]:
    """A round of 20 rows that is nothing but that: posted, inserted there and inserted here, over
    connections that are kept."""
    here, there = device(), requests.Session()
    table = f"floor_{Action.__tablename__}"
    width = len(columns(Action))

    def once() -> None:
        rows: Rows = {table: [[new_id(), *["A few words"] * width] for _ in range(20)]}
        there.post(address, data=packed(rows), timeout=600).raise_for_status()
        _insert(here, rows, "?")

    return once


def select_rows(connection: Any) -> Rows:
    """Everything that a floor's database holds."""
    tables = [f"floor_{kind.__tablename__}" for kind in SYNCED]
    rows = {t: connection.execute(f"SELECT * FROM {t}").fetchall() for t in tables}
    connection.close()
    return rows


def insert_rows(connection: Any, rows: Rows, mark: str) -> None:
    """Insert everything in one transaction, the connection's last."""
    _insert(connection, rows, mark)
    connection.close()


def _insert(connection: Any, rows: Rows, mark: str) -> None:
    cursor = connection.cursor()
    cursor.execute("BEGIN")
    for table, some in rows.items():
        if some:
            marks = ", ".join([mark] * len(some[0]))
            cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", some)
    connection.commit()


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


def main(url: str) -> None:
    """Serve a floor over the database at `url`, whose tables are made."""
    connect, mark = server_side(url)
    make_tables(connect())
    config = uvicorn.Config(Floor(connect, mark), log_config=None, access_log=False, lifespan="off")
    with listening("127.0.0.1", 0) as listener:
        sys.stdout.write(f"http://127.0.0.1:{listener.getsockname()[1]}\n")
        sys.stdout.flush()
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main(sys.argv[1])
