"""Directories: the public lists of services, found by name, postcode, provider or location id."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

from visitapp.errors import BadFile, Code, NotFound
from visitapp.language import message
from visitapp.storage.directory import search as finding
from visitapp.storage.directory import store
from visitapp.storage.directory.columns import Progress
from visitapp.storage.directory.importing import nothing_in_it, read_file
from visitapp.storage.directory.places import (
    Grade,
    Hygiene,
    ImportReport,
    Place,
    Problem,
    Publication,
)

__all__ = [
    "Directory",
    "Grade",
    "Hygiene",
    "ImportReport",
    "Place",
    "Problem",
    "Progress",
    "Publication",
]


class Directory:
    """The directory of one profile. `path` is its file; there is none before the first import."""

    def __init__(self, path: Path, today: Callable[[], date] = date.today) -> None:
        self.path = path
        self._today = today
        self._upgraded = False

    def import_file(
        self, path: Path, progress: Progress | None = None, *, refuse_older: bool = False
    ) -> ImportReport:
        """Import a regulator's file, recognised by its content, and report the result.

        Of each location the latest publication stands; locations the file does not name stay,
        except in a list of all active ones. The file is read as a stream; a spreadsheet is read
        whole. progress: called with the number of rows read; when it raises, nothing is kept.
        refuse_older: refuse a file that is older than the one that was imported last.

        Raises BadFile when the file cannot be taken and EnvironmentProblem when the directory
        cannot be written; it is then as it was.
        """

        with read_file(path, progress, self._today()) as edition:

            def stop() -> None:
                if progress is not None:
                    progress(edition.rows)

            def check(outcome: store.Outcome, older: bool) -> None:
                if not outcome.held:
                    raise nothing_in_it(path, edition)
                if older and refuse_older:
                    raise _older(path, outcome.day)

            manner = store.Manner(today=self._today(), stop=stop, check=check)
            outcome = store.put(self.path, edition, manner)
        return ImportReport(
            file=str(path),
            kind=edition.kind,
            rows=edition.rows,
            settings=outcome.held,
            social_care=outcome.social_care,
            problems=sorted(edition.problems, key=lambda problem: problem.row),
            changes=outcome.changes,
            edition_on=outcome.day,
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

    def places(self, location_ids: Collection[str]) -> list[Place]:
        """Those of these locations that the directory has."""
        return finding.places(self.path, location_ids) if self._exists() else []

    def named(self, names: Collection[str]) -> list[Place]:
        """The places of social care with exactly these names, folded and without apostrophes."""
        return finding.named(self.path, names) if names and self._exists() else []

    def publications(self, *, after: int, ids: Collection[str]) -> list[Publication]:
        """What imports found to be new of these locations and establishments, the latest first.
        after: only those with a higher number."""
        return finding.publications(self.path, after=after, ids=ids) if self._exists() else []

    def area_publications(self, areas: Collection[str]) -> list[Publication]:
        """What imports found to be new of social care in these local authorities."""
        return finding.area_publications(self.path, areas) if self._exists() else []

    def hygiene_areas(self, fhrs_ids: Collection[str]) -> set[str]:
        """The local authorities of these food hygiene ratings."""
        return finding.hygiene_areas(self.path, fhrs_ids) if self._exists() else set()

    def last_publication(self) -> int:
        """The number of the last publication that an import found; 0 when there is none."""
        return finding.last_publication(self.path) if self._exists() else 0

    def _exists(self) -> bool:
        """Whether there is a directory; one of an earlier version of the program is upgraded."""
        if not self._upgraded:
            store.upgrade(self.path)
            self._upgraded = True
        return self.path.exists()


def _older(path: Path, day: date | None) -> BadFile:
    return BadFile(
        Code.FILE_OLDER,
        message(
            "This file is older than the one that was imported last: its latest publication is of "
            "{day}. Nothing was imported.",
            day=f"{day:%d/%m/%Y}" if day else message("an unknown day"),
        ),
        message("Download the present file, or import this one all the same."),
        file=str(path),
    )
