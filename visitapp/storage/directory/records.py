"""Rows of the directory's tables turned back into values."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from visitapp.storage.directory.places import Grade, Hygiene, Place, Publication

Values = dict[str, Any]
_Made = TypeVar("_Made")


def every(rows: sqlite3.Cursor, read: Callable[[Values], _Made]) -> list[_Made]:
    """All rows, each as `read` makes it of its values by column."""
    names = [column[0] for column in rows.description]
    return [read(dict(zip(names, row, strict=True))) for row in rows]


def one(rows: sqlite3.Cursor, read: Callable[[Values], _Made]) -> _Made | None:
    """The first row; None when there is none."""
    return next(iter(every(rows, read)), None)


def place(values: Values) -> Place:
    """A row of `location`."""
    found = {name: values[name] for name in Place.__slots__}
    found["service_types"] = json.loads(values["service_types"])
    found["published"] = _date(values["published"])
    found["status_on"] = _date(values["status_on"])
    found["social_care"] = bool(values["social_care"])
    found["types_known"] = bool(values["types_known"])
    return Place(**found)


def grade(values: Values) -> Grade:
    """A row of `grade`."""
    return Grade(
        values["service_group"],
        values["domain"],
        values["rating"],
        _date(values["published"]),
        bool(values["inherited"]),
    )


def hygiene(values: Values) -> Hygiene:
    """A row of `hygiene`."""
    found = {name: values[name] for name in Hygiene.__slots__}
    dates = {name: _date(values[name]) for name in ("rated_on", "extracted")}
    return Hygiene(**(found | dates))


def publication(values: Values) -> Publication:
    """A row of `publication`."""
    found = {name: values[name] for name in Publication.__slots__}
    days = ("published_on", "edition_on", "seen_on")
    return Publication(**(found | {name: _date(values[name]) for name in days}))


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
