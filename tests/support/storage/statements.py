"""What is asked of a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from visitapp.storage.database import Database


@contextmanager
def asked_of(database: Database) -> Iterator[list[str]]:
    """The statements that SQLAlchemy executes while the context lasts, but for those that begin."""
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", hear)


@contextmanager
def heard_of(database: Database) -> Iterator[list[str]]:
    """Every statement that reaches SQLite while the context lasts, in a database that is used by
    one after the other and so has one connection."""
    heard: list[str] = []
    pooled = database.engine.raw_connection()
    driver: Any = pooled.driver_connection
    pooled.close()
    driver.set_trace_callback(heard.append)
    try:
        yield heard
    finally:
        driver.set_trace_callback(None)
