"""Records as plain JSON values, for the wire, the outbox and the history.

A wire record maps column names to JSON values: dates as `YYYY-MM-DD`, moments as ISO 8601 in UTC
with a `Z`, everything else as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Column, Date, inspect

from visitapp.records.base import Instant, Synced

T = TypeVar("T")
Wire = dict[str, Any]


def moment_to_wire(value: datetime) -> str:
    """`2026-11-22T09:30:00.000000Z`; the value must be aware."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"


def moment_from_wire(text: str) -> datetime:
    """The aware moment of an ISO 8601 text with a zone. Raises ValueError otherwise."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return value


_ENCODE: dict[type, Callable[[Any], Any]] = {Date: date.isoformat, Instant: moment_to_wire}
_DECODE: dict[type, Callable[[Any], Any]] = {Date: date.fromisoformat, Instant: moment_from_wire}


def once(work: Callable[[type[Synced]], T]) -> Callable[[type[Synced]], T]:
    """`functools.cache` for a function of a record class, which mypy takes for unhashable."""
    return cast(Callable[[type[Synced]], T], cache(work))


@once
def columns(kind: type[Synced]) -> dict[str, Column[Any]]:
    """The columns of a record that travel, by name; `id` is not among them."""
    table = inspect(kind).local_table
    return {
        column.name: column
        for column in table.columns
        if column.info.get("sync", True) and not column.primary_key
    }


@once
def encoders(kind: type[Synced]) -> dict[str, Callable[[Any], Any]]:
    """For the fields that are not JSON already, the function that makes them so."""
    return {n: _ENCODE[type(c.type)] for n, c in columns(kind).items() if type(c.type) in _ENCODE}


@once
def decoders(kind: type[Synced]) -> dict[str, Callable[[Any], Any]]:
    """The reverse of `encoders`."""
    return {n: _DECODE[type(c.type)] for n, c in columns(kind).items() if type(c.type) in _DECODE}


def field_to_wire(kind: type[Synced], field: str, value: Any) -> Any:
    """One field's value as JSON."""
    encode = encoders(kind).get(field)
    return value if encode is None or value is None else encode(value)


def field_from_wire(kind: type[Synced], field: str, value: Any) -> Any:
    """One field's value from JSON. Raises ValueError or TypeError when it is not of its type."""
    decode = decoders(kind).get(field)
    return value if decode is None or value is None else decode(value)
