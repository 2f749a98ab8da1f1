"""What a value must be like to be kept by every database and shown by every device.

The desk has the same limits, so an honest device never meets them here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import JSON, Column, String

from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.records import Instant
from visitapp.rules.text import LONGEST_NOTE, text_fault
from visitapp.vocabulary import field_message

MOMENT = message("time of a change")

LONGEST_FORM = 1_000_000
"""Characters of a form's text, published or built for one visit."""

LARGEST_JSON = 4_000_000
"""Bytes of a value that is JSON: the history of a form's text is the largest."""

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Moments outside of this are no device's clock, and near the ends of the calendar no time zone
can show them."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FORM_TEXTS = frozenset({"visit.form_text", "published_form.text", "published_policy.text"})


def require_id(id_: str) -> None:
    """Raise Refused BAD_VALUE unless a record's id is a UUID in lower case."""
    if not is_id(id_):
        raise Refused(Code.BAD_VALUE, message("A record's id is a UUID in lower case."))


def is_id(id_: str) -> bool:
    """Whether this is a UUID, written in lower case with its hyphens."""
    return are_ids([id_])


def are_ids(ids: Iterable[str]) -> bool:
    """Whether each of these is a UUID, written in lower case with its hyphens."""
    return all(map(_UUID.fullmatch, ids))


def longest(column: Column[Any]) -> int:
    """The most characters of a text column that has no length of its own."""
    return LONGEST_FORM if str(column) in _FORM_TEXTS else LONGEST_NOTE


def require_storable(values: Mapping[str, Any]) -> None:
    """Raise Refused BAD_VALUE for Python values that a database or a device could not hold:
    moments outside of any clock, texts with NUL or half characters, JSON that is too large."""
    for field, value in values.items():
        fault = _fault(value, field_message(field))
        if fault:
            raise Refused(Code.BAD_VALUE, fault)


def require_moment(moment: datetime) -> None:
    """Raise Refused BAD_VALUE for a moment outside of any clock."""
    fault = _fault(moment, MOMENT)
    if fault:
        raise Refused(Code.BAD_VALUE, fault)


def all_storable(column: Column[Any], values: Iterable[Any]) -> bool:
    """Whether nothing stands against values as `columns.from_wire` gives them. False may mean that
    one must be looked at by itself."""
    match column.type:
        case Instant():
            first, last = f"{EARLIEST:%Y}", f"{LATEST:%Y}"
            return all(first <= text[:4] < last for text in set(values) - {None})
        case JSON():
            return all(
                len(text) <= LARGEST_JSON and "\\u0000" not in text for text in set(values) - {None}
            )
        case String():
            return "\0" not in "".join(filter(None, values))
    return True


def _fault(value: Any, called: Message) -> Message | None:
    match value:
        case str():
            return text_fault(value, max(len(value), 1), called)
        case datetime():
            if EARLIEST <= value < LATEST:
                return None
            return message("The {field} is outside the years 1900 to 2199.", field=called)
        case dict() | list():
            return _json_fault(value, called)
    return None


def _json_fault(value: Any, called: Message) -> Message | None:
    try:
        written = msgspec.json.encode(value)
    except (UnicodeEncodeError, RecursionError):
        return message(
            "The {field} contains characters that are not text, or is nested too deeply.",
            field=called,
        )
    if len(written) > LARGEST_JSON:
        return message(
            "The {field} is too large: {size} bytes.", field=called, size=f"{len(written):,}"
        )
    if b"\\u0000" in written and _has_nul(value):
        return message("The {field} contains characters that are not text.", field=called)
    return None


def _has_nul(value: Any) -> bool:
    match value:
        case str():
            return "\0" in value
        case dict():
            return any(_has_nul(key) or _has_nul(each) for key, each in value.items())
        case list():
            return any(map(_has_nul, value))
    return False
