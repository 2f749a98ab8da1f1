"""What a device sent, checked against the columns: known fields, types, lengths, allowed values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, NotRequired, TypedDict, cast

import msgspec
from sqlalchemy import JSON, Boolean, Column, Date, Integer, String, Text

from sync.server.records.values import longest, require_storable
from sync.tables import once
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Instant, Synced
from visitapp.records.codec import columns
from visitapp.records.declared import derived_fields, fields_with, sent_fields
from visitapp.vocabulary import field_message, kind_message

MADE = frozenset({"created_at", "created_by"})
"""Who made a record and when, which never changes afterwards."""


def checked(kind: type[Synced], values: Mapping[str, Any]) -> dict[str, Any]:
    """The Python values of wire fields.

    Raises Refused BAD_VALUE on a field that is not of the record, or a value that its column
    cannot hold.
    """
    derived = values.keys() & derived_fields(kind)
    if derived:
        raise Refused(
            Code.BAD_VALUE,
            message(
                "The server works out the field “{field}” of this {kind}.",
                field=field_message(min(derived)),
                kind=kind_message(kind),
            ),
        )
    unknown = values.keys() - columns(kind).keys()
    if unknown:
        raise Refused(
            Code.BAD_VALUE,
            message(
                "This {kind} has no field “{field}”.",
                kind=kind_message(kind),
                field=min(unknown),
            ),
        )
    try:
        found = cast(dict[str, Any], msgspec.convert(values, _shape(kind)))
    except msgspec.ValidationError as error:
        raise Refused(
            Code.BAD_VALUE,
            message(
                "This {kind} has a value that does not fit: {reason}.",
                kind=kind_message(kind),
                reason=error,
            ),
        ) from None
    require_storable(found)
    for name in fields_with(kind, "fault") & found.keys():
        _require_fit(columns(kind)[name], found[name])
    return found


def _require_fit(column: Column[Any], value: Any) -> None:
    why = column.info["fault"](value) if value is not None else None
    if why:
        raise Refused(Code.BAD_VALUE, why)


def completed(kind: type[Synced], values: dict[str, Any]) -> dict[str, Any]:
    """A new record's values with defaults for those not given. Raises Refused BAD_VALUE when a
    field is missing that must be there."""
    missing = needed(kind) - values.keys()
    if missing:
        raise Refused(
            Code.BAD_VALUE,
            message(
                "This {kind} needs a value for “{field}”.",
                kind=kind_message(kind),
                field=field_message(min(missing)),
            ),
        )
    given = {**defaults(kind), **values}
    return {**given, **begun(kind, given)}


def begun(kind: type[Synced], values: Mapping[str, Any]) -> dict[str, Any]:
    """The derived fields of a new record, given the others."""
    life = kind.__kind__.lifecycle
    return life.derived.begin(values) if life else {}


@once
def _shape(kind: type[Synced]) -> Any:
    fields = {
        name: NotRequired[_or_null(columns(kind)[name], plain)]
        for name, plain in allowed(kind).items()
    }
    return TypedDict(f"{kind.__name__}Fields", fields)  # type: ignore[operator]  # made at run time


def _or_null(column: Column[Any], plain: Any) -> Any:
    return plain | None if column.nullable and plain is not Any else plain


@once
def allowed(kind: type[Synced]) -> dict[str, Any]:
    """What a device may send for each field, null aside."""
    return {name: _annotation(column) for name, column in columns(kind).items()}


def _annotation(column: Column[Any]) -> Any:
    choices = column.info.get("choices")
    if choices is not None:
        return Literal[tuple(choice.value for choice in choices)]
    match column.type:
        case Text():
            return Annotated[str, msgspec.Meta(max_length=longest(column))]
        case String(length=length):
            return Annotated[str, msgspec.Meta(max_length=length)]
        case Boolean():
            return bool
        case Integer():
            return Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]
        case Date():
            return date
        case Instant():
            return Annotated[datetime, msgspec.Meta(tz=True)]
        case JSON():
            return Any
        case other:
            raise TypeError(f"{column} has a type that does not travel: {other!r}")


@once
def defaults(kind: type[Synced]) -> dict[str, Any]:
    """The values of the fields that a new record need not have."""
    by_steps = derived_fields(kind) - fields_with(kind, "derived")
    return {
        name: _default(column)
        for name, column in columns(kind).items()
        if name not in by_steps and (column.nullable or column.default is not None)
    }


def _default(column: Column[Any]) -> Any:
    if column.default is None:
        return None
    if column.default.is_callable:
        return _made_by(column.default)(None) if isinstance(column.type, JSON) else None
    value = _made_by(column.default)
    return value.value if isinstance(value, StrEnum) else value


def _made_by(default: Any) -> Any:
    """What a column's default is, or the function that makes it."""
    return getattr(default, "arg", None)


@once
def needed(kind: type[Synced]) -> frozenset[str]:
    """The fields that a new record must have."""
    return sent_fields(kind) - defaults(kind).keys()


@once
def first_fields(kind: type[Synced]) -> frozenset[str]:
    """The fields on which the first version stays, without a conflict."""
    return fields_with(kind, "merge")
