"""The directory's file: a plain SQLite database, public data only, never changed in place.

An import makes the next file beside it and puts it in its place at once. What one file brings
replaces the locations it names, of its regulator; all others stay, so that editions of several
areas and regulators live together.
"""

from __future__ import annotations

import errno
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visitapp.errors import Code, EnvironmentProblem
from visitapp.storage.directory.places import Edition, Grade, Hygiene, Place
from visitapp.storage.folder import only_process, unusable, usable
from visitapp.storage.private import private_file

if TYPE_CHECKING:
    from sqlite_utils import Database

_VERSION = 1
"""Of the tables below. A file of another version is made anew: its data is public."""
_SEARCHED = ("name", "plain_name", "postcode", "joined_postcode", "provider", "location_id")
_Row = dict[str, Any]


def replace(path: Path, edition: Edition) -> None:
    """Put what `edition` holds into the directory at `path`, made when there is none.

    Raises EnvironmentProblem DISK_FULL, DATABASE_IN_USE or FOLDER_UNUSABLE; the directory is
    then as it was.
    """
    unfinished = path.with_name(path.name + ".part")
    with only_process(usable(path.parent)):
        try:
            unfinished.unlink(missing_ok=True)
            private_file(unfinished)
            if is_sound(path):
                shutil.copyfile(path, unfinished)
            _write(unfinished, edition)
            unfinished.replace(path)
        except PermissionError as error:
            raise EnvironmentProblem(
                Code.DATABASE_IN_USE,
                "Another program has the directory open, so the file was not imported.",
                "Close it and import the file again.",
            ) from error
        except (OSError, sqlite3.OperationalError) as error:
            raise _not_written(path, error) from error
        finally:
            unfinished.unlink(missing_ok=True)


def is_sound(path: Path) -> bool:
    """Whether there is a directory at `path`, of this version, that can be read."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as kept:
            version = kept.execute("PRAGMA user_version").fetchone()
            return version == (_VERSION,) and _checked(kept)
    except sqlite3.DatabaseError:
        return False


def _checked(kept: sqlite3.Connection) -> bool:
    return bool(kept.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))


def _write(path: Path, edition: Edition) -> None:
    # Imported here because it takes longer to import than a start may last.
    from sqlite_utils import Database

    with closing(sqlite3.connect(path)) as connection:
        database = Database(connection)
        with database.atomic():
            if not database.table("location").exists():
                _make_tables(database)
            _put_places(database, edition)
            database.table("hygiene").insert_all(map(asdict, edition.hygiene), replace=True)
            database.table("location").rebuild_fts()


def _make_tables(database: Database) -> None:
    texts = dict.fromkeys((*Place.__slots__, "plain_name", "joined_postcode"), str)
    location = database.table("location")
    location.create(texts | {"beds": int, "social_care": int}, pk=("regulator", "location_id"))
    grade = database.table("grade")
    names = ("regulator", "location_id", *Grade.__slots__)
    grade.create(dict.fromkeys(names, str) | {"inherited": int})
    grade.create_index(["regulator", "location_id"])
    hygiene = database.table("hygiene")
    hygiene.create(dict.fromkeys(Hygiene.__slots__, str), pk="fhrs_id")
    hygiene.create_index(["postcode"])
    location.enable_fts(_SEARCHED, tokenize="unicode61 remove_diacritics 2")
    database.execute(f"PRAGMA user_version = {_VERSION:d}")


def _put_places(database: Database, edition: Edition) -> None:
    for place, _ in edition.places:
        database.execute(
            "DELETE FROM grade WHERE regulator = ? AND location_id = ?",
            [place.regulator, place.location_id],
        )
    database.table("location").insert_all(
        (_place_row(place) for place, _ in edition.places), replace=True
    )
    database.table("grade").insert_all(
        {"regulator": place.regulator, "location_id": place.location_id, **asdict(grade)}
        for place, grades in edition.places
        for grade in grades
    )


def _place_row(place: Place) -> _Row:
    return asdict(place) | {
        "service_types": json.dumps(place.service_types, ensure_ascii=False),
        "plain_name": place.name.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", ""),
        "joined_postcode": place.postcode.replace(" ", ""),
    }


def _not_written(path: Path, error: Exception) -> EnvironmentProblem:
    if "disk is full" in str(error) or getattr(error, "errno", None) == errno.ENOSPC:
        return EnvironmentProblem(
            Code.DISK_FULL,
            "The disk is full, so the file was not imported. The directory is as it was.",
            "Free some space and import the file again.",
        )
    return unusable(path.parent)
