"""What every record shares: identity, tombstone and the marks that sync leaves.

A column says in its `info` what is special about it:
- `{"sync": False}`: never travels and is never captured (revision marks, device bookkeeping);
- `{"merge": "first"}`: two versions never conflict, the one the server has first stays;
- `{"user": True}`: holds a user's id (so that a device that worked before it was connected can
  be handed to the real account).
Every other column of a synced record merges by field, and a clash becomes a conflict.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

import uuid_utils
from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    MetaData,
    String,
    TypeDecorator,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite.base import ischema_names
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

USER = {"user": True}
FIRST = {"merge": "first"}
LOCAL = {"sync": False}


class _TextJson(sqlite.JSON):
    """JSON in a column whose name makes SQLite keep it as text. In one that is declared JSON, a
    number would become SQLite's own, and its text again another one."""


@compiles(_TextJson)
def _declared(type_: _TextJson, compiler: object, **how: object) -> str:
    return "JSON_TEXT"


# So that a migration that rebuilds a table finds the type again.
ischema_names["JSON_TEXT"] = _TextJson

Json = JSON(none_as_null=True).with_variant(_TextJson(none_as_null=True), "sqlite")
"""JSON where a Python None is an SQL NULL."""


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. Takes and gives aware datetimes, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The root of every table, of the device and of the server."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def new_id() -> str:
    """A fresh record id: UUIDv7, so that ids made later sort later."""
    return str(uuid_utils.uuid7())


def reference(length: int = 36) -> String:
    """The column type of an id."""
    return String(length)


def parent(column: str) -> ForeignKey:
    """A reference to the record that this one belongs to, `table.column`.

    It may be checked at the end of a transaction (`storage.engines.defer_references`), so that
    a transaction can write its records in any order.
    """
    return ForeignKey(column, deferrable=True, initially="IMMEDIATE")


class Synced:
    """A record that travels between devices and the server.

    `append_only` records are written once; a second version of one is refused.
    """

    append_only: ClassVar[bool] = False
    __tablename__: Any

    id: Mapped[str] = mapped_column(reference(), primary_key=True, default=new_id)
    created_at: Mapped[datetime] = mapped_column(Instant, info=FIRST)
    created_by: Mapped[str] = mapped_column(reference(), info={**FIRST, **USER})
    deleted: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(BigInteger, default=0, index=True, info=LOCAL)
    """On the server, that of the last change; on a device, the server revision it reflects."""
    field_revisions: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, info=LOCAL)
    """On the server only: for each field, `[revision, user id, when]` of its last change."""
