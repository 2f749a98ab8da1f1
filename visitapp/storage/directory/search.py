"""Finding places in the directory's file, opened anew for each look: an import can replace it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from visitapp.errors import Code, EnvironmentProblem
from visitapp.rules.names import telling_words
from visitapp.storage.directory.places import Grade, Hygiene, Place

_MOST_WORDS = 12
_MATCHING = """
    SELECT location.* FROM location_fts JOIN location ON location.rowid = location_fts.rowid
    WHERE location_fts MATCH ? ORDER BY location.social_care DESC, location_fts.rank, location.name
    LIMIT ?
"""
_CONTAINING = """
    SELECT * FROM location WHERE instr(lower(name), ?) OR instr(lower(provider), ?)
    ORDER BY social_care DESC, name LIMIT ?
"""

_NAMED = """
    SELECT * FROM hygiene
    WHERE instr(replace(replace(lower(name), '''', ''), char(8217), ''), ?) ORDER BY name
"""


def search(path: Path, text: str, limit: int) -> list[Place]:
    """Places whose words begin with each word of `text`; without one, those that contain it.

    Words are looked for in name, postcode (with or without its space), provider and location id.
    Adult social care comes first, then the closest match.
    """
    words = re.findall(r"\w+", text)[:_MOST_WORDS]
    if not words:
        return []
    with _opened(path) as directory:
        query = " ".join(f'"{word}"*' for word in words)
        found = directory.execute(_MATCHING, (query, limit)).fetchall()
        if not found:
            part = text.strip().lower()
            found = directory.execute(_CONTAINING, (part, part, limit)).fetchall()
    return [_place(row) for row in found]


def get(path: Path, location_id: str) -> Place | None:
    """The place with a regulator's location id; None when there is none."""
    with _opened(path) as directory:
        rows = directory.execute(
            "SELECT * FROM location WHERE location_id = ?", (location_id.strip().upper(),)
        )
        row = rows.fetchone()
    return None if row is None else _place(row)


def grades(path: Path, place: Place) -> list[Grade]:
    """Every published rating of a place, as published."""
    with _opened(path) as directory:
        rows = directory.execute(
            "SELECT * FROM grade WHERE regulator = ? AND location_id = ?",
            (place.regulator, place.location_id),
        ).fetchall()
    return [
        Grade(
            row["service_group"],
            row["domain"],
            row["rating"],
            _date(row["published"]),
            bool(row["inherited"]),
        )
        for row in rows
    ]


def hygiene(path: Path, postcode: str) -> list[Hygiene]:
    """The food hygiene ratings at a postcode: candidates, for an officer to confirm."""
    with _opened(path) as directory:
        rows = directory.execute(
            "SELECT * FROM hygiene WHERE postcode = ? ORDER BY name", (postcode,)
        ).fetchall()
    return [_hygiene(row) for row in rows]


def hygiene_named(path: Path, words: frozenset[str]) -> list[Hygiene]:
    """The food hygiene ratings whose name holds each of `words`, by name."""
    with _opened(path) as directory:
        rows = directory.execute(_NAMED, (max(words, key=len),)).fetchall()
    return [found for found in map(_hygiene, rows) if words <= telling_words(found.name)]


def hygiene_of(path: Path, fhrs_id: str) -> Hygiene | None:
    """The food hygiene rating with this FHRS ID; None when there is none."""
    with _opened(path) as directory:
        row = directory.execute(
            "SELECT * FROM hygiene WHERE fhrs_id = ?", (fhrs_id.strip(),)
        ).fetchone()
    return None if row is None else _hygiene(row)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as directory:
            directory.row_factory = sqlite3.Row
            yield directory
    except sqlite3.DatabaseError as error:
        raise EnvironmentProblem(
            Code.DATABASE_DAMAGED,
            "The directory on this computer cannot be read. Visits are not touched by this.",
            "Import the regulator's file again.",
        ) from error


def _hygiene(row: sqlite3.Row) -> Hygiene:
    return Hygiene(**{**dict(row), "rated_on": _date(row["rated_on"])})


def _place(row: sqlite3.Row) -> Place:
    values = {name: row[name] for name in Place.__slots__}
    values["service_types"] = json.loads(row["service_types"])
    values["published"] = _date(row["published"])
    values["social_care"] = bool(row["social_care"])
    return Place(**values)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
