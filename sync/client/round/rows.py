"""Records of the device read and written in bulk, as wire values, past the ORM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, Text, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute

from sync.tables import once, table_of
from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.records import Synced
from visitapp.records.codec import Wire, columns, decoders, encoders


def among(column: ColumnElement[Any] | InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """The condition that a column has one of the values bound as `among`, however many: they go as
    one text (`listed`), and SQLite looks each of them up."""
    given = func.json_each(bindparam("among", type_=Text())).table_valued("value")
    return column.in_(select(given.c.value))


def listed(values: Iterable[Any]) -> dict[str, str]:
    """The parameter of a statement with `among`."""
    return {"among": msgspec.json.encode(list(values)).decode()}


def wire_rows(
    connection: Connection, kind: type[Synced], ids: Iterable[str]
) -> Iterator[tuple[str, Wire]]:
    """The wire values, null ones left out, of those of these records that are here."""
    encode = encoders(kind)
    fields = [(name, encode.get(name)) for name in columns(kind)]
    for id_, *values in connection.execute(_whole(kind), listed(ids)):
        yield (
            id_,
            {
                name: value if as_wire is None else as_wire(value)
                for (name, as_wire), value in zip(fields, values, strict=True)
                if value is not None
            },
        )


@once
def _whole(kind: type[Synced]) -> Select[Any]:
    id_ = table_of(kind).c.id
    return select(id_, *columns(kind).values()).where(among(id_))


def python_row(kind: type[Synced], values: Mapping[str, Any]) -> dict[str, Any]:
    """Every column's Python value of a wire record; a field that is not there is null.

    Raises EnvironmentProblem SERVER_TOO_NEW when the record has a field this program does not know.
    """
    known = columns(kind)
    if not values.keys() <= known.keys():
        raise server_too_new()
    row: dict[str, Any] = dict.fromkeys(known)
    row.update(values)
    for name, decode in decoders(kind).items():
        if row[name] is not None:
            row[name] = decode(row[name])
    return row


def server_too_new() -> EnvironmentProblem:
    """What is said when the server sends something that this program does not know."""
    return EnvironmentProblem(
        Code.SERVER_TOO_NEW,
        message("The server sent records that need a newer version of Visitapp."),
        message("Update Visitapp on this computer. Changes waiting to be sent are safe."),
    )
