"""The values of the directory: what importers make, and what a search finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One service location of a public directory.

    overall: the regulator's words, as published ("" when there is no rating).
    published: when that rating was published. service_types: the regulator's names of the services
    given there; service_type: ours (`records.ServiceType`). types_known: the regulator's file named
    those services itself; otherwise they are worked out from the ratings. beds: None when the file
    does not say. status: `active`, `dormant` or `closed`, by a file of `status_on`; "" when no file
    says.
    """

    regulator: str
    location_id: str
    name: str
    postcode: str
    provider: str
    provider_id: str
    local_authority: str
    address: str
    overall: str
    published: date | None
    service_types: list[str]
    service_type: str
    beds: int | None
    social_care: bool
    types_known: bool = False
    status: str = ""
    status_on: date | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """One published rating of one location: a service group and a domain of it, as published."""

    service_group: str
    domain: str
    rating: str
    published: date | None
    inherited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hygiene:
    """One food hygiene rating. `rating` is the scheme's word: 0 to 5, Exempt, Pass …

    extracted: the day on which the agency made the file; None when the file does not say.
    """

    fhrs_id: str
    name: str
    business_type: str
    postcode: str
    local_authority: str
    rating: str
    rated_on: date | None
    extracted: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One thing that a file said anew of a location or an establishment, held here or not.

    number: rises with each. source: the regulator, or `fhrs`; kind: of `RegulatorChangeKind`.
    domain: what of it went from `before` to `after`. edition_on: the day of the file; seen_on: of
    its import.
    """

    number: int
    source: str
    location_id: str
    name: str
    local_authority: str
    kind: str
    domain: str
    before: str
    after: str
    published_on: date | None
    edition_on: date | None
    seen_on: date
    link: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in one row of a file that was not taken: its line or row number, and why."""

    row: int
    what: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One location as a file lists it: its place, its grades, the row where it stands first, and
    the regulator's page about it ("" when the file has none)."""

    place: Place
    grades: list[Grade]
    row: int
    link: str = ""


@dataclass(slots=True)
class Edition:
    """The content of one file, of which locations and ratings are given one by one, once.

    rows: its data rows, including those that were not taken. by_domain: the grades of a location
    are published one by one, so each is as new as its own date (CQC); otherwise they are published
    together (the Care Inspectorate). complete: it names every active service of an area, so that
    one that is missing is active no longer. day: that of its latest publication. hygiene: each
    rating with its row. problems: all of them once the last location was given.
    """

    kind: str
    by_domain: bool = False
    complete: bool = False
    day: date | None = None
    rows: int = 0
    listings: Iterator[Listing] = field(default_factory=lambda: iter(()))
    hygiene: Iterator[tuple[Hygiene, int]] = field(default_factory=lambda: iter(()))
    problems: list[Problem] = field(default_factory=list)

    def add_problem(self, row: int, what: str) -> None:
        """Note something that was not taken."""
        self.problems.append(Problem(row, what))


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The result of one import.

    settings: the locations of the file that the directory holds afterwards; social_care: those that
    the regulator lists as adult social care (food hygiene ratings do not say). problems: what was
    not taken, by row. changes: publications that are new since the last import; held_changes: those
    that were recorded of settings held here. edition_on: the day of the file, or that of its
    latest publication.
    """

    file: str
    kind: str
    rows: int
    settings: int
    social_care: int
    problems: list[Problem]
    changes: int = 0
    held_changes: int = 0
    edition_on: date | None = None
