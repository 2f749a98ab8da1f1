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
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.rules.text import folded
from visitapp.storage.directory import editions, records
from visitapp.storage.directory.merging import is_superseded, latest_hygiene, merged
from visitapp.storage.directory.places import Edition, Grade, Hygiene, Listing, Place
from visitapp.storage.directory.publications import FHRS, of_kitchen, of_location
from visitapp.storage.folder import only_process, unusable, usable
from visitapp.storage.private import private_file

if TYPE_CHECKING:
    from sqlite_utils import Database

_VERSION = 3
"""Of the tables below. A file of an earlier version is upgraded; one of a newer program is
replaced, since its data is public and can be imported again."""
_SEARCHED = ("plain_name", "postcode", "joined_postcode", "plain_provider", "location_id")
_LOOK_EVERY = 200
_Row = dict[str, Any]


@dataclass(slots=True)
class Outcome:
    """How many locations or ratings of a file the directory holds afterwards, and what is new."""

    held: int = 0
    social_care: int = 0
    changes: int = 0
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How an edition is taken. Both are called before anything is changed, and may raise: stop now
    and then; check at the end with the outcome, and whether the directory has a later edition."""

    today: date
    stop: Callable[[], None]
    check: Callable[[Outcome, bool], None]


def put(path: Path, edition: Edition, manner: Manner) -> Outcome:
    """Put `edition` into the directory at `path`, made when there is none.

    Of each location the latest publication stands, so an older file changes nothing of a newer
    one. What did not stand becomes problems of the edition. Raises EnvironmentProblem DISK_FULL,
    DATABASE_IN_USE or FOLDER_UNUSABLE; the directory is then as it was.
    """
    return _replacing(path, lambda database: _put(database, edition, manner))


def upgrade(path: Path) -> None:
    """Bring a directory of an earlier version to this one; leave any other as it is.

    Raises EnvironmentProblem as `put` does.
    """
    version = _version(path)
    if version is not None and 0 < version < _VERSION:
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
            if not database.table("edition").exists():
                editions.make_tables(database)
            if "status_on" not in database.table("location").columns_dict:
                database.table("location").add_column("status_on", str)
            database.execute(f"PRAGMA user_version = {_VERSION:d}")
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


def _put(database: Database, edition: Edition, manner: Manner) -> Outcome:
    outcome = Outcome()
    arrival = editions.Arrival(database, edition, manner.today)
    for new in edition.listings:
        _take(outcome, manner)
        _put_listing(database, arrival, new, outcome)
    for rating, row in edition.hygiene:
        _take(outcome, manner)
        _put_hygiene(database, arrival, rating, row)
    outcome.day = arrival.day
    manner.check(outcome, arrival.is_older())
    arrival.finish()
    outcome.changes = arrival.changes
    return outcome


def _take(outcome: Outcome, manner: Manner) -> None:
    outcome.held += 1
    if outcome.held % _LOOK_EVERY == 0:
        manner.stop()


def _put_listing(
    database: Database, arrival: editions.Arrival, new: Listing, outcome: Outcome
) -> None:
    edition = arrival.edition
    if new.place.status:
        new = replace(new, place=replace(new.place, status_on=edition.day))
    place = new.place
    arrival.saw(place.local_authority, max(_days(new), default=None))
    arrival.named(place)
    held = _held(database, place)
    standing = merged(held, new, by_domain=edition.by_domain) if held else new
    if held and is_superseded(new, standing):
        arrival.superseded(new.row, place.location_id)
    outcome.social_care += standing.place.social_care
    where = (place.location_id, standing.place.name, place.local_authority)
    for news in of_location(held, standing, area_known=arrival.knows(place.local_authority)):
        arrival.note(place.regulator, where, news, new.link)
    if held is None or (standing.place, standing.grades) != (held.place, held.grades):
        _write_listing(database, standing)


def _days(listing: Listing) -> list[date]:
    days = (listing.place.published, *(grade.published for grade in listing.grades))
    return [day for day in days if day is not None]


def _put_hygiene(database: Database, arrival: editions.Arrival, new: Hygiene, row: int) -> None:
    arrival.saw(new.local_authority, new.extracted or new.rated_on)
    rows = database.execute("SELECT * FROM hygiene WHERE fhrs_id = ?", [new.fhrs_id])
    held = records.one(rows, records.hygiene)
    standing = latest_hygiene(held, new) if held else new
    if standing is not new:
        arrival.superseded(row, new.fhrs_id)
    where = (new.fhrs_id, standing.name, standing.local_authority)
    for news in of_kitchen(held, standing):
        arrival.note(FHRS, where, news, "")
    if standing != held:
        values = asdict(standing) | {"plain_name": _plain(standing.name)}
        database.table("hygiene").insert(values, replace=True)


def _held(database: Database, place: Place) -> Listing | None:
    """A location as the directory holds it."""
    key = [place.regulator, place.location_id]
    rows = database.execute("SELECT * FROM location WHERE regulator = ? AND location_id = ?", key)
    found = records.one(rows, records.place)
    if found is None:
        return None
    grades = database.execute("SELECT * FROM grade WHERE regulator = ? AND location_id = ?", key)
    return Listing(found, records.every(grades, records.grade), 0)


def _write_listing(database: Database, listing: Listing) -> None:
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
