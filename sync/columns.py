"""Records of one kind, column by column, between a database and JSON, past the ORM.

A column is read as the text or number that JSON has for it and written from it, so that nothing is
built for a single value: a moment's text is turned by SQL, JSON stays text, and what came from the
other side is checked by msgspec, a column at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, cast

import msgspec
from msgspec import Meta, Raw
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Dialect,
    Integer,
    String,
    Text,
    bindparam,
    func,
    insert,
    literal_column,
    type_coerce,
    update,
)
from sqlalchemy import (
    cast as sql_cast,
)
from sqlalchemy.exc import DBAPIError

from sync.tables import table_of
from sync.wire import Fields
from visitapp.records import KINDS, Instant
from visitapp.records.codec import columns

_MOMENT = len("2026-11-22T09:30:00.000000Z")
_DATES = msgspec.json.Decoder(list[date | None])
_TEXTS = msgspec.json.Decoder(list[str | None])
_TRUTH = {0: False, 1: True, None: None}

Decoders = Mapping[str, msgspec.json.Decoder[list[Any]]]
"""By field, what decodes its JSON array and checks each value."""


def decoders_of(types: Mapping[str, Any]) -> Decoders:
    """The decoders of columns whose values are of these types, or null."""
    return {name: msgspec.json.Decoder(_list_of(kind)) for name, kind in types.items()}


def _list_of(kind: Any) -> Any:
    return list if kind is Any else list[kind | None]


@cache
def any_decoders(kind: str) -> Decoders:
    """The decoders of a kind's columns when the other side is trusted to keep to lengths and
    allowed values."""
    return decoders_of({name: plain_type(c) for name, c in columns(KINDS[kind]).items()})


def plain_type(column: Column[Any]) -> Any:
    """The type of a column's values on the wire."""
    match column.type:
        case String():
            return str
        case Boolean():
            return bool
        case Integer():
            return int
        case Date():
            return date
        case Instant():
            return Annotated[datetime, Meta(tz=True)]
        case JSON():
            return Any
        case other:
            raise TypeError(f"{column} has a type that does not travel: {other!r}")


def from_wire(kind: str, fields: Fields, decoders: Decoders, count: int) -> dict[str, list[Any]]:
    """Each column's values as `write_rows` and `change_rows` take them.

    Raises KeyError on a field that is not of the kind, msgspec.ValidationError when a value is not
    of its type or a list is not `count` long.
    """
    known = columns(KINDS[kind])
    values = {name: _values(known[name], raw, decoders[name]) for name, raw in fields.items()}
    if any(len(of_field) != count for of_field in values.values()):
        raise msgspec.ValidationError("The columns are not equally long")
    return values


def require_moments(texts: list[str] | list[str | None]) -> None:
    """Raise msgspec.ValidationError unless each is a moment, written as this program does."""
    # Many records share a moment, and a set of texts is checked faster than a list.
    different = set(texts)
    msgspec.convert(different, set[Annotated[datetime, Meta(tz=True)] | None])
    for text in different:
        if text is not None and (len(text) != _MOMENT or text[10] != "T" or text[26] != "Z"):
            raise msgspec.ValidationError("A moment is written in another way")


def _values(column: Column[Any], raw: Raw, decoder: msgspec.json.Decoder[list[Any]]) -> list[Any]:
    match column.type:
        case Instant():
            texts = _TEXTS.decode(raw)
            require_moments(texts)
            return cast(list[Any], texts)
        case Date():
            _DATES.decode(raw)
            return cast(list[Any], _TEXTS.decode(raw))
        case JSON():
            encode = msgspec.json.encode
            return [None if v is None else encode(v).decode() for v in decoder.decode(raw)]
        case _:
            return decoder.decode(raw)


def to_wire(kind: str, found: Mapping[str, Sequence[Any]]) -> Fields:
    """The columns as JSON arrays; those without a value are left out."""
    known = columns(KINDS[kind])
    return {
        name: _array(known[name], values)
        for name, values in found.items()
        if values.count(None) != len(values)
    }


def _array(column: Column[Any], values: Sequence[Any]) -> Raw:
    match column.type:
        case Boolean():
            return Raw(msgspec.json.encode([_TRUTH[value] for value in values]))
        case JSON():
            return Raw(f"[{','.join(['null' if v is None else v for v in values])}]".encode())
        case _:
            return Raw(msgspec.json.encode(values))


def selected(column: Column[Any], dialect: str) -> ColumnElement[Any]:
    """What to select so that a row has the column's value as `to_wire` takes it."""
    match column.type:
        case Instant():
            return _moment_text(column, dialect).label(column.name)
        case JSON():
            # SQLite keeps a JSON number as a number, so it is made a text again.
            return sql_cast(column, Text).label(column.name)
        case Date() if dialect == "postgresql":
            return sql_cast(column, Text).label(column.name)
        case Date():
            return type_coerce(column, Text).label(column.name)
        case Boolean():
            return type_coerce(column, Integer).label(column.name)
        case _:
            return column


def _moment_text(column: Column[Any], dialect: str) -> ColumnElement[Any]:
    if dialect == "postgresql":
        return func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    text = type_coerce(column, Text)
    return func.replace(text, " ", "T").concat("Z")


def write_rows(
    connection: Connection, kind: str, names: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    """Insert rows. Their values stand in the order of `names`, which is that of `in_order`, and are
    as `from_wire` gives them. Raises what the database says of them, as SQLAlchemy's errors."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        _copy(connection, kind, names, rows)
    else:
        connection.exec_driver_sql(_insertion(connection.dialect, kind, tuple(names)), rows)


def change_rows(
    connection: Connection, kind: str, names: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    """Give rows of a device new values for `names`; each row ends with its record's id."""
    if rows:
        connection.exec_driver_sql(_change(connection.dialect, kind, tuple(names)), rows)


@cache
def _insertion(dialect: Dialect, kind: str, names: tuple[str, ...]) -> str:
    table = table_of(KINDS[kind])
    given = {name: _given(table.c[name]) for name in names}
    return str(insert(table).values(given).compile(dialect=dialect))


@cache
def _change(dialect: Dialect, kind: str, names: tuple[str, ...]) -> str:
    table = table_of(KINDS[kind])
    changed = update(table).where(table.c.id == bindparam("record"))
    given = [(table.c[name], _given(table.c[name])) for name in names]
    return str(changed.ordered_values(*given).compile(dialect=dialect))


def _given(column: Column[Any]) -> ColumnElement[Any]:
    """What SQLite writes into a column for the value on the wire."""
    value = bindparam(f"new_{column.name}", type_=Text())
    if not isinstance(column.type, Instant):
        return value
    plain = func.rtrim(value, literal_column("'Z'"))
    return func.replace(plain, literal_column("'T'"), literal_column("' '"))


def in_order(kind: str, names: Set[str]) -> list[str]:
    """Columns of a kind's table in the order in which `write_rows` wants them."""
    return [column.name for column in table_of(KINDS[kind]).columns if column.name in names]


def _copy(
    connection: Connection, kind: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]]
) -> None:
    """PostgreSQL takes rows at several times the speed of single statements this way."""
    quote = connection.dialect.identifier_preparer.quote
    statement = f"COPY {quote(kind)} ({', '.join(map(quote, names))}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy(statement, error, connection.dialect) from error


def _as_sqlalchemy(statement: str, error: Exception, dialect: Dialect) -> BaseException:
    """A driver's error as SQLAlchemy would have raised it."""
    return DBAPIError.instance(statement, None, error, dialect.loaded_dbapi.Error, dialect=dialect)
