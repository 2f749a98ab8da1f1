"""What every record shares: identity, tombstone, the marks that sync leaves, and how it declares
itself.

A synced record has a `__kind__` (`rules.kinds`). Each of its texts is declared by a helper that
gives its use: `free_text`, `choice`, `user`, `parent` or `identifier`. In a column's `info`:
- `sync` False: never travels and is never captured (revision marks, device bookkeeping);
- `merge` "first": two versions never conflict, the one the server has first stays;
- `user` True: a user's id (so that a device that worked before it was connected can be handed to
  the real account); `own_name`: only the writer's own;
- `derived` True: worked out by the server, and never sent by a device (nor are the fields that a
  lifecycle derives from steps);
- `choices`: the enum of its values; `fault`: says why a value cannot be kept;
- `past`: a day on which something took place, which is never in the future;
- `same_setting`: the parent must belong to the same setting; `freezes`: the record changes no more
  once that visit is frozen; `after_end`: what becomes of it once that parent has ended.
Every other column of a synced record merges by field, and a clash becomes a conflict.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
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
    Text,
    TypeDecorator,
    inspect,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite.base import ischema_names
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

from visitapp.language import Message
from visitapp.rules.kinds import AfterEnd, Kind, Scope

USER = {"user": True}
FIRST = {"merge": "first"}
LOCAL = {"sync": False}
DERIVED = {"derived": True}


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


def foreign_key(column: str) -> ForeignKey:
    """A reference to another record, `table.column`.

    It may be checked at the end of a transaction (`storage.engines.defer_references`), so that
    a transaction can write its records in any order.
    """
    return ForeignKey(column, deferrable=True, initially="IMMEDIATE")


def free_text(
    length: int | None = None,
    *,
    index: bool = False,
    fault: Callable[[str], Message | None] | None = None,
    **column: Any,
) -> MappedColumn[Any]:
    """Free text; without a length, a note (`rules.text.LONGEST_NOTE`). `fault`: why a value cannot
    be kept, in a sentence; None when it can."""
    type_, info = String(length) if length else Text(), {"fault": fault} if fault else {}
    return _declared_column(type_, "text", info, index, column)


def identifier(length: int = 36, *, index: bool = False, **column: Any) -> MappedColumn[Any]:
    """An id or code that nobody types."""
    return _declared_column(String(length), "identifier", {}, index, column)


def choice(
    choices: type[StrEnum],
    *,
    length: int = 20,
    first: bool = False,
    derived: bool = False,
    index: bool = False,
    **column: Any,
) -> MappedColumn[Any]:
    """One of the values of an enum. `first`: two versions never conflict. `derived`: the server
    works it out."""
    info = {"choices": choices, **(FIRST if first else {}), **(DERIVED if derived else {})}
    return _declared_column(String(length), "choice", info, index, column)


def user(
    *, own_name: bool = False, first: bool = False, index: bool = False, **column: Any
) -> MappedColumn[Any]:
    """A user's id. `own_name`: nobody writes somebody else's."""
    info = {**USER, **(FIRST if first else {}), **({"own_name": True} if own_name else {})}
    return _declared_column(reference(), "user", info, index, column)


def parent(
    column: str,
    *,
    same_setting: bool,
    freezes: bool = False,
    after_end: AfterEnd | None = None,
    index: bool = True,
) -> MappedColumn[Any]:
    """The record that this one belongs to, `table.column`. `after_end`: of a parent whose lifecycle
    has an end."""
    info = {"holds": "parent", "same_setting": same_setting, "freezes": freezes}
    ends = {"after_end": after_end} if after_end else {}
    return mapped_column(foreign_key(column), index=index, info={**info, **ends})


def checked(fault: Callable[[Any], Message | None]) -> MappedColumn[Any]:
    """A number or a day of which `fault` says why it cannot be kept."""
    return mapped_column(info={"fault": fault})


def past_day(*, index: bool = False, **column: Any) -> MappedColumn[Any]:
    """A day on which something took place, so never one in the future."""
    return mapped_column(index=index or None, info={"past": True}, **column)


def _declared_column(
    type_: String, holds: str, info: dict[str, Any], index: bool, column: dict[str, Any]
) -> MappedColumn[Any]:
    return mapped_column(type_, index=index or None, info={"holds": holds, **info}, **column)


class Synced:
    """A record that travels between devices and the server.

    Raises TypeError at import for a record that leaves out a part of its declaration.
    """

    __kind__: ClassVar[Kind]
    __tablename__: Any

    id: Mapped[str] = mapped_column(reference(), primary_key=True, default=new_id)
    created_at: Mapped[datetime] = mapped_column(Instant, info=FIRST)
    created_by: Mapped[str] = user(first=True)
    deleted: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(BigInteger, default=0, index=True, info=LOCAL)
    """On the server, that of the last change; on a device, the server revision it reflects."""
    field_revisions: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, info=LOCAL)
    """On the server only: for each field, `[revision, user id, when]` of its last change."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if not isinstance(cls.__dict__.get("__kind__"), Kind):
            raise TypeError(f"{cls.__name__} has no __kind__ = Kind(...)")
        _require_declared(cls)


def _require_declared(record: type[Synced]) -> None:
    """Raise TypeError when a record's columns and its declaration do not fit together."""
    kind, name = record.__kind__, record.__name__
    columns = {column.name: column for column in inspect(record).local_table.columns}
    for column in columns.values():
        if isinstance(column.type, String) and column.name != "id" and not column.info.get("holds"):
            raise TypeError(
                f"{name}.{column.name} is not a text, choice, user, parent or identifier"
            )
    for scope in (Scope.SETTING, Scope.PROVIDER, Scope.CONTRACT):
        root = str(scope.name).lower()
        if scope in kind.scope and record.__tablename__ != root and f"{root}_id" not in columns:
            raise TypeError(f"{name} belongs to a {root} and has no {root}_id")
    if not kind.scope or (Scope.PERSON in kind.scope and "user_id" not in columns):
        raise TypeError(f"{name} has no scope, or belongs to a person and has no user_id")
    derived = set(kind.derived_id.fields) if kind.derived_id else set()
    unknown = (kind.fixed | kind.judged | derived) - columns.keys()
    if unknown:
        raise TypeError(f"{name} declares the field {min(unknown)}, which it does not have")
    states = columns["status"].info.get("choices") if "status" in columns else None
    if (kind.lifecycle.states if kind.lifecycle else None) is not states:
        raise TypeError(f"{name} has a status without a lifecycle of the same states")
