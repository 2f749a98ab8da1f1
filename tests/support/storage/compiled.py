"""Statements that are compiled once a run.

Each test opens databases of its own. SQLAlchemy keeps what it compiled by engine and dialect, and
would compile every statement again for each of them, which is a good part of what such tests cost.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

KEPT = 5000


def compile_once() -> None:
    """Let all engines of this process share what they compile, those of one kind with each other.

    Dialects are of one kind when they are of one class over one driver and write JSON alike.
    """
    for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        kind.__eq__ = _alike
        kind.__hash__ = _hash
    shared: Any = LRUCache(KEPT)

    def read(engine: Engine) -> Any:
        return shared

    def write(engine: Engine, own: object) -> None:
        """An engine's own is not used."""

    Engine._compiled_cache = property(read, write)


def _alike(one: Any, other: object) -> bool:
    return isinstance(other, type(one)) and _kind(one) == _kind(other)


def _hash(one: Any) -> int:
    return hash(_kind(one))


def _kind(dialect: Any) -> tuple[object, ...]:
    writes = (dialect._json_serializer, dialect._json_deserializer)
    return (type(dialect), dialect.loaded_dbapi, *writes)
