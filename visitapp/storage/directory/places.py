"""The values of the directory: what importers make, and what a search finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One service location of a public directory.

    overall: the regulator's words, as published (an open vocabulary; "" when there is none).
    published: when that rating was published. service_types: the regulator's names of what is
    done there; service_type: ours (`records.ServiceType`). beds: None when it is not told.
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
    """One food hygiene rating. `rating` is the scheme's word: 0 to 5, Exempt, Pass …"""

    fhrs_id: str
    name: str
    business_type: str
    postcode: str
    local_authority: str
    rating: str
    rated_on: date | None


@dataclass(frozen=True, slots=True)
class Problem:
    """One row of a file that was not taken: its line or row number, and why."""

    row: int
    what: str


@dataclass(slots=True)
class Edition:
    """What one file held. `rows` counts its data rows, those that were not taken included."""

    kind: str
    rows: int = 0
    places: list[tuple[Place, list[Grade]]] = field(default_factory=list)
    hygiene: list[Hygiene] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of one file.

    settings: the locations taken; social_care: those of them that the regulator lists as adult
    social care (food hygiene ratings do not say).
    """

    file: str
    kind: str
    rows: int
    settings: int
    social_care: int
    problems: list[Problem]
