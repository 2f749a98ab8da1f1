"""Records of the device read and written in bulk, as wire values, past the ORM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from sync.tables import table_of
from visitapp.errors import Code, EnvironmentProblem
from visitapp.records import Synced
from visitapp.records.codec import Wire, columns, decoders, encoders

CHUNK = 500
T = TypeVar("T")


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items, at most `CHUNK` at a time."""
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))


def wire_rows(
    connection: Connection, kind: type[Synced], ids: Iterable[str]
) -> Iterator[tuple[str, Wire]]:
    """The wire values, null ones left out, of those of these records that are here."""
    table = table_of(kind)
    encode = encoders(kind)
    fields = [(name, encode.get(name)) for name in columns(kind)]
    wanted = select(table.c.id, *columns(kind).values())
    for some in chunks(list(ids)):
        for id_, *values in connection.execute(wanted.where(table.c.id.in_(some))):
            yield (
                id_,
                {
                    name: value if as_wire is None else as_wire(value)
                    for (name, as_wire), value in zip(fields, values, strict=True)
                    if value is not None
                },
            )


def python_row(kind: type[Synced], values: Mapping[str, Any]) -> dict[str, Any]:
    """Every column's Python value of a wire record; a field that is not there is null.

    Raises EnvironmentProblem SERVER_TOO_NEW when the record has a field this program does not know.
    """
    known = columns(kind)
    if not values.keys() <= known.keys():
        raise EnvironmentProblem(
            Code.SERVER_TOO_NEW,
            "The server sends records that this program does not know yet.",
            "Update Visitapp on this computer. Nothing that waits was touched.",
        )
    row: dict[str, Any] = dict.fromkeys(known)
    row.update(values)
    for name, decode in decoders(kind).items():
        if row[name] is not None:
            row[name] = decode(row[name])
    return row
