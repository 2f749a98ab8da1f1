"""Finding places in the directory's file, opened for each search: an import can replace it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.rules.names import telling_words
from visitapp.rules.text import folded
from visitapp.storage.directory import records
from visitapp.storage.directory.places import Grade, Hygiene, Place, Publication

_MOST_WORDS = 12
_MATCHING = """
    SELECT location.* FROM location_fts JOIN location ON location.rowid = location_fts.rowid
    WHERE location_fts MATCH ? ORDER BY location.social_care DESC, location_fts.rank, location.name
    LIMIT ?
"""
_CONTAINING = """
    SELECT * FROM location WHERE instr(plain_name, ?) OR instr(plain_provider, ?)
    ORDER BY social_care DESC, name LIMIT ?
"""

_PUBLICATIONS = """
    SELECT * FROM publication
    WHERE number > :after AND location_id IN (SELECT value FROM json_each(:ids))
    ORDER BY number DESC
"""
_OF_AREAS = """
    SELECT * FROM publication
    WHERE local_authority IN (SELECT value FROM json_each(:areas)) AND location_id IN (
        SELECT location_id FROM location WHERE social_care
        UNION ALL SELECT fhrs_id FROM hygiene WHERE business_type LIKE '%caring%')
    ORDER BY coalesce(published_on, edition_on) DESC, number
"""
_NAMED = "SELECT * FROM hygiene WHERE instr(plain_name, ?) ORDER BY name"


def search(path: Path, text: str, limit: int) -> list[Place]:
    """Places whose words begin with each word of `text`; without one, those that contain it.

    Words are looked for in name, postcode (with or without its space), provider and location id.
    Adult social care comes first, then the closest match.
    """
    wanted = folded(text).replace("'", "").strip()
    words = re.findall(r"\w+", wanted)[:_MOST_WORDS]
    if not words:
        return []
    with _opened(path) as directory:
        query = " ".join(f'"{word}"*' for word in words)
        found = records.every(directory.execute(_MATCHING, (query, limit)), records.place)
        if not found:
            rows = directory.execute(_CONTAINING, (wanted, wanted, limit))
            found = records.every(rows, records.place)
    return found


def get(path: Path, location_id: str) -> Place | None:
    """The place with a regulator's location id; None when there is none."""
    with _opened(path) as directory:
        rows = directory.execute(
            "SELECT * FROM location WHERE location_id = ?", (location_id.strip().upper(),)
        )
        return records.one(rows, records.place)


def grades(path: Path, place: Place) -> list[Grade]:
    """The latest published rating of a place for each service group and domain."""
    with _opened(path) as directory:
        rows = directory.execute(
            "SELECT * FROM grade WHERE regulator = ? AND location_id = ?",
            (place.regulator, place.location_id),
        )
        return records.every(rows, records.grade)


def hygiene(path: Path, postcode: str) -> list[Hygiene]:
    """The food hygiene ratings at a postcode: candidates, for an officer to confirm."""
    with _opened(path) as directory:
        rows = directory.execute(
            "SELECT * FROM hygiene WHERE postcode = ? ORDER BY name", (postcode,)
        )
        return records.every(rows, records.hygiene)


def hygiene_named(path: Path, words: frozenset[str]) -> list[Hygiene]:
    """The food hygiene ratings whose name contains each of `words`, by name."""
    with _opened(path) as directory:
        rows = directory.execute(_NAMED, (max(words, key=len),))
        found = records.every(rows, records.hygiene)
    return [one for one in found if words <= telling_words(one.name)]


def hygiene_of(path: Path, fhrs_id: str) -> Hygiene | None:
    """The food hygiene rating with this FHRS ID; None when there is none."""
    with _opened(path) as directory:
        rows = directory.execute("SELECT * FROM hygiene WHERE fhrs_id = ?", (fhrs_id.strip(),))
        return records.one(rows, records.hygiene)


def places(path: Path, location_ids: Collection[str]) -> list[Place]:
    """The places with these location ids."""
    with _opened(path) as directory:
        rows = directory.execute(
            "SELECT * FROM location WHERE location_id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(location_ids)),),
        )
        return records.every(rows, records.place)


def named(path: Path, names: Collection[str]) -> list[Place]:
    """The places of social care with these plain names."""
    with _opened(path) as directory:
        rows = directory.execute(
            "SELECT * FROM location WHERE social_care"
            " AND plain_name IN (SELECT value FROM json_each(?)) ORDER BY location_id",
            (json.dumps(sorted(names)),),
        )
        return records.every(rows, records.place)


def publications(path: Path, *, after: int, ids: Collection[str]) -> list[Publication]:
    """What imports found to be new of these ids, the latest first."""
    given = {"after": after, "ids": json.dumps(sorted(ids))}
    with _opened(path) as directory:
        return records.every(directory.execute(_PUBLICATIONS, given), records.publication)


def area_publications(path: Path, areas: Collection[str]) -> list[Publication]:
    """What imports found to be new of social care in these areas, the latest first."""
    with _opened(path) as directory:
        rows = directory.execute(_OF_AREAS, {"areas": json.dumps(sorted(areas))})
        return records.every(rows, records.publication)


def hygiene_areas(path: Path, fhrs_ids: Collection[str]) -> set[str]:
    """The local authorities of these food hygiene ratings."""
    with _opened(path) as directory:
        rows = directory.execute(
            "SELECT DISTINCT local_authority FROM hygiene"
            " WHERE fhrs_id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(fhrs_ids)),),
        )
        return {area for (area,) in rows if area}


def last_publication(path: Path) -> int:
    """The number of the last thing that an import found to be new; 0 when there is none."""
    with _opened(path) as directory:
        (number,) = directory.execute("SELECT max(number) FROM publication").fetchone()
        return int(number or 0)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as directory:
            yield directory
    except sqlite3.DatabaseError as error:
        raise EnvironmentProblem(
            Code.DATABASE_DAMAGED,
            message("The directory on this computer cannot be read. Your visits are not affected."),
            message("Import the regulator's file again."),
        ) from error
