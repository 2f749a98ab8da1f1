"""Directories: the public lists of services, found by name, postcode, provider or location id."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from visitapp.errors import NotFound
from visitapp.language import message
from visitapp.storage.directory import search as finding
from visitapp.storage.directory import store
from visitapp.storage.directory.columns import Progress
from visitapp.storage.directory.importing import read_file
from visitapp.storage.directory.places import (
    Edition,
    Grade,
    Hygiene,
    ImportReport,
    Place,
    Problem,
)

__all__ = ["Directory", "Grade", "Hygiene", "ImportReport", "Place", "Problem", "Progress"]


class Directory:
    """The directory of one profile. `path` is its file; there is none before the first import."""

    def __init__(self, path: Path, today: Callable[[], date] = date.today) -> None:
        self.path = path
        self._today = today
        self._upgraded = False

    def import_file(self, path: Path, progress: Progress | None = None) -> ImportReport:
        """Import a regulator's file, recognised by its content, and report the result.

        Of each location the latest publication stands; locations the file does not name stay.
        progress: called with the number of rows read; when it raises, nothing is kept. Raises
        BadFile when the file cannot be taken and EnvironmentProblem when the directory cannot be
        written; it is then as it was.
        """
        edition = read_file(path, progress, self._today())
        outcome = store.put(self.path, edition)
        return ImportReport(
            file=str(path),
            kind=edition.kind,
            rows=edition.rows,
            settings=len(outcome.held),
            social_care=sum(isinstance(one, Place) and one.social_care for one in outcome.held),
            problems=[*edition.problems, *_superseded(edition, outcome)],
        )

    def has_places(self) -> bool:
        """Whether anything was ever imported."""
        return self._exists()

    def search(self, text: str, limit: int = 50) -> list[Place]:
        """Places that match every word of `text`, adult social care first, at most `limit`.

        A word matches the beginning of one in the name, postcode (with or without its space),
        provider or location id; when nothing does, a part of the name or provider will do.
        """
        return finding.search(self.path, text, limit) if self._exists() else []

    def get(self, location_id: str) -> Place:
        """The place with a regulator's location id. Raises NotFound."""
        place = finding.get(self.path, location_id) if self._exists() else None
        if place is None:
            raise NotFound(
                message("There is no location {id} in the directory.", id=location_id),
                message("Search for it by name, or import the regulator's file first."),
            )
        return place

    def grades(self, location_id: str) -> list[Grade]:
        """The latest rating of a place for each service group and domain. Raises NotFound."""
        return finding.grades(self.path, self.get(location_id))

    def hygiene(self, postcode: str) -> list[Hygiene]:
        """Food hygiene ratings at a postcode: candidates for a match that an officer confirms."""
        return finding.hygiene(self.path, postcode) if self._exists() else []

    def hygiene_named(self, words: frozenset[str]) -> list[Hygiene]:
        """Food hygiene ratings whose name holds all of `words` (`rules.names.telling_words`)."""
        return finding.hygiene_named(self.path, words) if words and self._exists() else []

    def hygiene_of(self, fhrs_id: str) -> Hygiene:
        """The food hygiene rating of one establishment. Raises NotFound."""
        found = finding.hygiene_of(self.path, fhrs_id) if self._exists() else None
        if found is None:
            raise NotFound(
                message("There is no food hygiene rating {id} in the directory.", id=fhrs_id),
                message("Import the food hygiene file of the area first."),
            )
        return found

    def _exists(self) -> bool:
        """Whether there is a directory; one of an earlier version of the program is upgraded."""
        if not self._upgraded:
            store.upgrade(self.path)
            self._upgraded = True
        return self.path.exists()


def _superseded(edition: Edition, outcome: store.Outcome) -> list[Problem]:
    """A problem for each location whose ratings gave way to later ones in the directory."""
    rows = {listing.place.location_id: listing.row for listing in edition.listings}
    rows |= {hygiene.fhrs_id: row for hygiene, row in edition.hygiene}
    what = "The directory has a later publication of {}, which stands."
    return [Problem(rows[one], what.format(one)) for one in outcome.superseded]
