"""The directory's file: a plain SQLite database, public data only, never changed in place.

An import makes the next file beside it and puts it in its place at once. Of each location the
latest publication stands; locations that a file does not name stay, so that editions of several
areas and regulators live together.
"""

from __future__ import annotations

import errno
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.rules.text import folded
from visitapp.storage.directory import records
from visitapp.storage.directory.merging import is_superseded, latest_hygiene, merged
from visitapp.storage.directory.places import Edition, Grade, Hygiene, Listing, Place
from visitapp.storage.folder import only_process, unusable, usable
from visitapp.storage.private import private_file

if TYPE_CHECKING:
    from sqlite_utils import Database

_VERSION = 2
"""Of the tables below. A file of version 1 is upgraded; one of a newer program is replaced, since
its data is public and can be imported again."""
_SEARCHED = ("plain_name", "postcode", "joined_postcode", "plain_provider", "location_id")
_Row = dict[str, Any]


@dataclass(slots=True)
class Outcome:
    """The locations or ratings of a file as the directory holds them afterwards.

    superseded: ids whose ratings in the file gave way, in part or whole, to later ones.
    """

    held: list[Place | Hygiene] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)


def put(path: Path, edition: Edition) -> Outcome:
    """Put `edition` into the directory at `path`, made when there is none.

    Of each location the latest publication stands, so an older file changes nothing of a newer
    one. Raises EnvironmentProblem DISK_FULL, DATABASE_IN_USE or FOLDER_UNUSABLE; the directory is
    then as it was.
    """
    return _replacing(path, lambda database: _put(database, edition))


def upgrade(path: Path) -> None:
    """Bring a directory of an earlier version to this one; leave any other as it is.

    Raises EnvironmentProblem as `put` does.
    """
    if _version(path) == 1:
        _replacing(path, lambda _: Outcome())


def _replacing(path: Path, change: Callable[[Database], Outcome]) -> Outcome:
    """Make the next file of the directory beside it, change it, and put it in its place."""
    unfinished = path.with_name(path.name + ".part")
    with only_process(usable(path.parent)):
        try:
            unfinished.unlink(missing_ok=True)
            private_file(unfinished)
            if is_sound(path):
                shutil.copyfile(path, unfinished)
            outcome = _write(unfinished, change)
            unfinished.replace(path)
            return outcome
        except PermissionError as error:
            raise EnvironmentProblem(
                Code.DATABASE_IN_USE,
                message("Another program has the directory open, so the file was not imported."),
                message("Close it and import the file again."),
            ) from error
        except (OSError, sqlite3.OperationalError) as error:
            raise _not_written(path, error) from error
        finally:
            unfinished.unlink(missing_ok=True)


def is_sound(path: Path) -> bool:
    """Whether there is a directory at `path`, of this version or an earlier one, and readable."""
    try:
        if _version(path) not in range(1, _VERSION + 1):
            return False
        with closing(_reading(path)) as kept:
            return bool(kept.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def _version(path: Path) -> int | None:
    """The version of the directory's tables; None when there is no directory or it is damaged."""
    if not path.exists():
        return None
    try:
        with closing(_reading(path)) as kept:
            (version,) = kept.execute("PRAGMA user_version").fetchone()
            return int(version)
    except sqlite3.DatabaseError:
        return None


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _write(path: Path, change: Callable[[Database], Outcome]) -> Outcome:
    # Imported here because it takes longer to import than a start may last.
    from sqlite_utils import Database

    with closing(sqlite3.connect(path)) as connection:
        database = Database(connection)
        with database.atomic():
            if not database.table("location").exists():
                _make_tables(database)
            elif "status" not in database.table("location").columns_dict:
                _upgrade_tables(database)
            outcome = change(database)
            database.table("location").rebuild_fts()
        return outcome


_PLAIN = {"plain_name": str, "plain_provider": str, "joined_postcode": str}


def _make_tables(database: Database) -> None:
    texts = dict.fromkeys(Place.__slots__, str) | _PLAIN
    numbers = {"beds": int, "social_care": int, "types_known": int}
    location = database.table("location")
    location.create(texts | numbers, pk=("regulator", "location_id"))
    grade = database.table("grade")
    names = ("regulator", "location_id", *Grade.__slots__)
    grade.create(dict.fromkeys(names, str) | {"inherited": int})
    grade.create_index(["regulator", "location_id"])
    hygiene = database.table("hygiene")
    hygiene.create(dict.fromkeys((*Hygiene.__slots__, "plain_name"), str), pk="fhrs_id")
    hygiene.create_index(["postcode"])
    _finish_tables(database)


def _upgrade_tables(database: Database) -> None:
    """From version 1, which folded no letters and knew no status."""
    location, hygiene = database.table("location"), database.table("hygiene")
    database.execute("DROP TABLE location_fts")
    location.add_column("types_known", int, not_null_default=0)
    location.add_column("status", str, not_null_default="")
    location.add_column("plain_provider", str)
    hygiene.add_column("extracted", str)
    hygiene.add_column("plain_name", str)
    database.register_function(folded, name="folded")
    database.execute(
        "UPDATE location SET plain_name = replace(folded(name), '''', ''),"
        " plain_provider = replace(folded(provider), '''', '')"
    )
    database.execute("UPDATE hygiene SET plain_name = replace(folded(name), '''', '')")
    _finish_tables(database)


def _finish_tables(database: Database) -> None:
    location = database.table("location")
    location.enable_fts(_SEARCHED, tokenize="unicode61 remove_diacritics 2")
    database.execute(f"PRAGMA user_version = {_VERSION:d}")


def _put(database: Database, edition: Edition) -> Outcome:
    outcome = Outcome()
    for new in edition.listings:
        held = _held(database, new.place)
        standing = merged(held, new, by_domain=edition.by_domain) if held else new
        if held and is_superseded(new, standing):
            outcome.superseded.append(new.place.location_id)
        outcome.held.append(standing.place)
        if standing is not held:
            _put_listing(database, standing)
    _put_hygiene(database, edition, outcome)
    return outcome


def _put_hygiene(database: Database, edition: Edition, outcome: Outcome) -> None:
    rows = []
    for new, _ in edition.hygiene:
        held = database.execute("SELECT * FROM hygiene WHERE fhrs_id = ?", [new.fhrs_id])
        found = records.one(held, records.hygiene)
        standing = latest_hygiene(found, new) if found else new
        if standing is not new:
            outcome.superseded.append(new.fhrs_id)
        outcome.held.append(standing)
        rows.append(asdict(standing) | {"plain_name": _plain(standing.name)})
    database.table("hygiene").insert_all(rows, replace=True)


def _held(database: Database, place: Place) -> Listing | None:
    """A location as the directory holds it."""
    key = [place.regulator, place.location_id]
    rows = database.execute("SELECT * FROM location WHERE regulator = ? AND location_id = ?", key)
    found = records.one(rows, records.place)
    if found is None:
        return None
    grades = database.execute("SELECT * FROM grade WHERE regulator = ? AND location_id = ?", key)
    return Listing(found, records.every(grades, records.grade), 0)


def _put_listing(database: Database, listing: Listing) -> None:
    key = {"regulator": listing.place.regulator, "location_id": listing.place.location_id}
    database.execute(
        "DELETE FROM grade WHERE regulator = :regulator AND location_id = :location_id", key
    )
    database.table("location").insert(_place_row(listing.place), replace=True)
    database.table("grade").insert_all(key | asdict(grade) for grade in listing.grades)


def _place_row(place: Place) -> _Row:
    return asdict(place) | {
        "service_types": json.dumps(place.service_types, ensure_ascii=False),
        "plain_name": _plain(place.name),
        "plain_provider": _plain(place.provider),
        "joined_postcode": place.postcode.replace(" ", ""),
    }


def _plain(text: str) -> str:
    """A name as it is searched: folded, without apostrophes."""
    return folded(text).replace("'", "")


def _not_written(path: Path, error: Exception) -> EnvironmentProblem:
    if "disk is full" in str(error) or getattr(error, "errno", None) == errno.ENOSPC:
        return EnvironmentProblem(
            Code.DISK_FULL,
            message("The disk is full, so the file was not imported. The directory is unchanged."),
            message("Free some space and import the file again."),
        )
    return unusable(path.parent)
