"""The keys of a policy file, read off its model, for the checker and the schema."""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import inspect

from forms.format.kinds import Day, Flag, Key, Kind, ListOf, Name, OneOf, Record, Text, Whole
from forms.format.schema import schema_of
from visitapp.rules.policy.model import Policy
from visitapp.rules.policy.parts import Part

_ANY_LENGTH, _ANY_NUMBER = 4000, 1_000_000


def schema() -> dict[str, Any]:
    """The JSON schema (2020-12) of a policy file, with which an editor completes and explains its
    keys. It knows only the shape: `check_policy` also follows references."""
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Visitapp policy",
        "description": "The rules of one council: see docs/policy.md.",
    }
    return head | schema_of(policy_keys())


@cache
def policy_keys() -> Record:
    """Every key that a policy may hold."""
    return record_of(Policy)


@cache
def section_parts() -> dict[str, type[Part]]:
    """The sections of a policy, each with its part; of a list, the part of an item."""
    fields = ((field.name, _described(field.type)[0]) for field in _fields(Policy))
    return {name: part for name, type_ in fields if (part := _part(type_)) is not None}


def _part(type_: inspect.Type) -> type[Part] | None:
    if isinstance(type_, inspect.VarTupleType):
        type_ = type_.item_type
    if isinstance(type_, inspect.StructType) and issubclass(type_.cls, Part):
        return type_.cls
    return None


@cache
def record_of(part: type[Part]) -> Record:
    """The keys of one part. Raises TypeError for a type that no policy file can hold."""
    return Record(part.title, tuple(map(_key, _fields(part))))


def _fields(part: type[Part]) -> tuple[inspect.Field, ...]:
    described = inspect.type_info(part)
    assert isinstance(described, inspect.StructType)
    return described.fields


def _key(field: inspect.Field) -> Key:
    kind, label = _described(field.type)
    return Key(field.name, _kind(kind, field.name), label, required=field.required)


def _described(type_: inspect.Type) -> tuple[inspect.Type, str]:
    """A type without its label, and the label."""
    if isinstance(type_, inspect.Metadata):
        return type_.type, (type_.extra_json_schema or {}).get("description", "")
    return type_, ""


def _kind(type_: inspect.Type, name: str) -> Kind:
    match type_:
        case inspect.StructType(cls=cls):
            return record_of(cls)
        case inspect.IntType(ge=least, le=most):
            return Whole(least or 0, _ANY_NUMBER if most is None else most)
        case inspect.BoolType():
            return Flag()
        case inspect.DateType():
            return Day()
        case inspect.LiteralType(values=values):
            return OneOf(tuple(map(str, values)))
        case inspect.EnumType(cls=cls):
            return OneOf(tuple(choice.value for choice in cls))
        case inspect.StrType(max_length=longest, pattern=pattern):
            longest = longest or _ANY_LENGTH
            return Name(longest, pattern) if pattern else Text(longest)
        case inspect.VarTupleType(item_type=item, min_length=fewest):
            return ListOf(_kind(item, name), fewest or 0)
        case inspect.DictType(key_type=inspect.LiteralType(values=values), value_type=value):
            value, label = _described(value)
            keys = (Key(str(word), _kind(value, name), label) for word in values)
            return Record(f"`{name}`", tuple(keys))
        case other:
            raise TypeError(f"{name} has a type that no policy file can hold: {other!r}")
