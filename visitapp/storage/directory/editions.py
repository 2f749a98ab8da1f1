"""Which editions the directory has, and what was new in each: its own tables, beside the places."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from visitapp.language import translate
from visitapp.storage.directory.places import Edition, Place, Publication
from visitapp.storage.directory.publications import News, no_longer_listed

if TYPE_CHECKING:
    from sqlite_utils import Database

MOSTLY = 0.9
"""The part of the known services of an area that a file names when it is the whole list."""


def make_tables(database: Database) -> None:
    """The tables of version 3."""
    days = {"kind": str, "local_authority": str, "day": str}
    database.table("edition").create(days, pk=("kind", "local_authority"))
    names = dict.fromkeys(Publication.__slots__, str) | {"number": int}
    publication = database.table("publication")
    publication.create(names, pk="number")
    publication.create_index(["location_id"])
    publication.create_index(["local_authority"])


@dataclass(slots=True)
class Arrival:
    """One edition on its way into the directory: its day in each area, and what is new in it."""

    database: Database
    edition: Edition
    today: date
    days: dict[str, date] = field(default_factory=dict)
    changes: int = 0
    _known: dict[str, date] = field(init=False)
    _first: int = field(init=False)

    def __post_init__(self) -> None:
        rows = self.database.execute(
            "SELECT local_authority, day FROM edition WHERE kind = ?", [self.edition.kind]
        )
        self._known = {area: date.fromisoformat(day) for area, day in rows}
        (last,) = self.database.execute("SELECT max(number) FROM publication").fetchone()
        self._first = (last or 0) + 1
        if self.edition.complete:
            self.database.execute(
                "CREATE TEMP TABLE named (regulator TEXT, location_id TEXT,"
                " PRIMARY KEY (regulator, location_id)) WITHOUT ROWID"
            )

    @property
    def day(self) -> date | None:
        """The day of the file: that of its latest publication."""
        return max((day for day in self.days.values() if day > date.min), default=None)

    def knows(self, area: str) -> bool:
        """Whether an earlier file of this kind named the area."""
        return area in self._known

    def saw(self, area: str, published: date | None) -> None:
        """Note that the file names a location of an area, published on a day."""
        self.days[area] = max(self.days.get(area, date.min), published or date.min)

    def named(self, place: Place) -> None:
        """Note that the file names a location."""
        if self.edition.complete:
            key = [place.regulator, place.location_id]
            self.database.execute("INSERT OR IGNORE INTO named VALUES (?, ?)", key)

    def superseded(self, row: int, id_: str) -> None:
        """Note that a row gave way to what the directory has."""
        what = translate("The directory has a later publication of {id}, which stands.", id=id_)
        self.edition.add_problem(row, what)

    def is_older(self) -> bool:
        """Whether the directory has a later edition of the areas in the file, and no earlier."""
        known = [(day, self._known[area]) for area, day in self.days.items() if area in self._known]
        return any(day < held for day, held in known) and all(day <= held for day, held in known)

    def note(self, source: str, where: tuple[str, str, str], news: News, link: str) -> None:
        """Keep what is new. `where`: the id, the name and the area."""
        location_id, name, area = where
        values = {
            "number": self._first + self.changes,
            "source": source,
            "location_id": location_id,
            "name": name,
            "local_authority": area,
            "seen_on": self.today,
            "link": link,
            **news._asdict(),
        }
        self.changes += 1
        self.database.table("publication").insert(values)

    def finish(self) -> None:
        """Close what a whole list no longer names, and keep the days."""
        if self.edition.complete and not self.is_older():
            for area in self.days:
                self._close_missing(area)
        day = self.day
        self.database.execute(
            "UPDATE publication SET edition_on = ? WHERE number >= ?",
            [day.isoformat() if day else None, self._first],
        )
        self.database.table("edition").insert_all(
            (
                {"kind": self.edition.kind, "local_authority": area, "day": max(day, held)}
                for area, day in self.days.items()
                for held in [self._known.get(area, date.min)]
            ),
            replace=True,
        )

    def _close_missing(self, area: str) -> None:
        """Close the social care locations of an area that a whole list does not name; a list of
        which many are missing is a selection, and closes none."""
        held = self.database.execute(_HELD, [area]).fetchall()
        gone = [row for row in held if not row[4]]
        if not gone or not self.knows(area):
            return
        if len(held) - len(gone) < MOSTLY * len(held):
            what = translate(
                "The file names {named} of the {known} services known in {area}, so none of the "
                "others was taken to be closed.",
                named=len(held) - len(gone),
                known=len(held),
                area=area,
            )
            self.edition.add_problem(1, what)
            return
        day = self.edition.day and self.edition.day.isoformat()
        for regulator, location_id, name, status, _ in gone:
            self.database.execute(
                "UPDATE location SET status = 'closed', status_on = ?"
                " WHERE regulator = ? AND location_id = ?",
                [day, regulator, location_id],
            )
            self.note(regulator, (location_id, name, area), no_longer_listed(status), "")


_HELD = """
    SELECT regulator, location_id, name, status,
        EXISTS (SELECT 1 FROM named WHERE named.regulator = location.regulator
            AND named.location_id = location.location_id)
    FROM location
    WHERE local_authority = ? AND regulator IN (SELECT regulator FROM named)
        AND status <> 'closed' AND social_care
"""
