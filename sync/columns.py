"""Records of one kind, column by column, between a database and JSON, past the ORM.

A column is read as the JSON array that the database makes of it, so that nothing is built for a
single value, and written from the texts and numbers that JSON has: a moment's text is turned by
SQL, JSON stays text, and what came from the other side is checked by msgspec, a column at a time.
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
    case,
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


def as_array(column: ColumnElement[Any], dialect: str) -> ColumnElement[Any]:
    """What to select of several rows to have a column as one JSON array, made by the database; null
    when none of the rows has a value."""
    match column.type:
        case Instant():
            made = _texts(_moment_text(column, dialect), dialect)
        case Boolean():
            truth = case((column.is_(True), _said("true")), (column.is_(False), _said("false")))
            made = _joined(truth, dialect)
        case JSON():
            made = _joined(_as_text(column, dialect), dialect)
        case Date():
            made = _texts(_as_text(column, dialect), dialect)
        case _:
            made = _texts(column, dialect)
    return case((func.count(column) > literal_column("0"), made))


def _texts(value: ColumnElement[Any], dialect: str) -> ColumnElement[str]:
    """Texts or numbers as a JSON array."""
    if dialect == "postgresql":
        return sql_cast(func.json_agg(value), Text)
    return func.json_group_array(value, type_=Text())


def _joined(json_text: ColumnElement[Any], dialect: str) -> ColumnElement[str]:
    """Values that are JSON already as a JSON array."""
    join = func.string_agg if dialect == "postgresql" else func.group_concat
    listed = join(func.coalesce(json_text, _said("null")), _said(","))
    return _said("[").concat(listed).concat(_said("]"))


def fields_of(names: Iterable[str], arrays: Iterable[str | None]) -> Fields:
    """Selected arrays as the fields that travel; those without a value are left out."""
    return {
        name: Raw(array) for name, array in zip(names, arrays, strict=True) if array is not None
    }


def _as_text(column: ColumnElement[Any], dialect: str) -> ColumnElement[str]:
    return sql_cast(column, Text) if dialect == "postgresql" else type_coerce(column, Text)


def _moment_text(column: ColumnElement[Any], dialect: str) -> ColumnElement[str]:
    if dialect == "postgresql":
        return func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    text = type_coerce(column, Text)
    return func.replace(text, _said(" "), _said("T")).concat(_said("Z"))


def _said(text: str) -> ColumnElement[str]:
    """A text that stands in the statement itself: a parameter would be bound at each execution."""
    return literal_column(f"'{text}'", Text())


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
    return func.replace(func.rtrim(value, _said("Z")), _said("T"), _said(" "))


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
