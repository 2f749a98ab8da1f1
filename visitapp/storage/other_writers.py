"""Notices that another process, such as a terminal command, wrote to this device's database."""

from __future__ import annotations

import secrets
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, event

_LAST_WRITER = "last_writer"
"""The name in `local_state` of the process that wrote last."""

_SIGN = """
INSERT INTO local_state (name, value) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value IS NOT excluded.value
"""


class OtherWriters:
    """Each process signs its first write after another's, so a later write costs no change.

    SQLite's `data_version` says that some other connection wrote, and the last signature says
    whether that connection was this process's own. No write of another process is missed. Use from
    one thread, but for the engine.
    """

    def __init__(self, engine: Engine) -> None:
        self._me = f'"{secrets.token_hex(8)}"'  # JSON, as every value of local_state
        self._engine = engine
        self._overtaken = False
        self._connection: Any = None
        self._version: int | None = None
        event.listen(engine, "begin", self._sign_transaction)

    def wrote(self) -> bool:
        """Whether another process wrote since this was last asked; False the first time."""
        if self._connection is None:
            self._connection = self._engine.raw_connection()
            self._connection.execute("PRAGMA busy_timeout = 0")
        before, now = self._version, self._data_version()
        if now == before:
            return False
        if before is not None and not self._overtaken and self._last_writer() == self._me:
            self._version = now
            return False
        self._take_over(now)
        return before is not None

    def _take_over(self, version: int) -> None:
        """Sign, so that the next own write is not taken for an answer to another's. Where another
        process is writing at this moment that is left undone; at worst a change is told twice."""
        self._overtaken, self._version = False, version
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except sqlcipher.OperationalError:
            return
        self._version = self._data_version()  # what came since belongs to this report
        self._connection.execute(_SIGN, (_LAST_WRITER, self._me))
        self._connection.execute("COMMIT")

    def _data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Let go of the database."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _last_writer(self) -> str:
        row = self._connection.execute(
            "SELECT value FROM local_state WHERE name = ?", (_LAST_WRITER,)
        ).fetchone()
        return str(row[0]) if row is not None else self._me

    def _sign_transaction(self, connection: Connection) -> None:
        """At the start of a transaction that writes; it already holds the write lock."""
        if connection.get_execution_options().get("visitapp_writes") is None:
            return
        driver: Any = connection.connection.dbapi_connection
        if driver.execute(_SIGN, (_LAST_WRITER, self._me)).rowcount > 0:
            self._overtaken = True
