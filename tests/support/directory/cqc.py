"""A CQC "latest ratings" file with invented settings, in the layout of the real one."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

HEADER = [
    "Location ID",
    "Location ODS Code",
    "Location Name",
    "Care Home?",
    "Location Type",
    "Location Primary Inspection Category",
    "Location Street Address",
    "Location Address Line 2",
    "Location City",
    "Location Post Code",
    "Location Local Authority",
    "Location Region",
    "Location NHS Region",
    "Location ONSPD CCG Code",
    "Location ONSPD CCG",
    "Location Commissioning CCG Code",
    "Location Commissioning CCG Name",
    "Service / Population Group",
    "Domain",
    "Latest Rating",
    "Publication Date",
    "Report Type",
    "Inherited Rating (Y/N)",
    "URL",
    "Provider ID",
    "Provider Name",
    "Brand ID",
    "Brand Name",
]
DOMAINS = ("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led")


class Invented(NamedTuple):
    """One invented location; `group` is the service group it is rated for."""

    location_id: str
    name: str
    postcode: str
    provider_id: str
    provider: str
    overall: str = "Good"
    group: str = "Care Homes"
    care_home: str = "Y"
    kind: str = "Social Care Org"
    category: str = "Residential social care"
    published: str = "05/29/2026"
    area: str = "Northmoor"
    safe: str = ""
    """The rating for Safe, where it is not the overall one."""


HEATHER = Invented("1-900001", "Heather Bank", "ZZ1 1AA", "1-800001", "Moorland Homes Ltd")
LARCH = Invented(
    "1-900002", "Larch Nursing Home", "ZZ1 2BB", "1-800001", "Moorland Homes Ltd", "Inadequate"
)
ROWAN = Invented(
    "1-900003",
    "Rowan Care at Home",
    "ZZ2 3CC",
    "1-800002",
    "Rowan Care",
    "Requires improvement",
    group="Homecare",
    care_home="N",
    category="Community based adult social care services",
)
SURGERY = Invented(
    "1-900004",
    "Fell Lane Surgery",
    "ZZ3 4DD",
    "1-800003",
    "Fell Lane Partners",
    group="GP Practices",
    care_home="N",
    kind="Primary Medical Services",
    category="GP Practices",
)
PLACES = (HEATHER, LARCH, ROWAN, SURGERY)


def write_cqc(path: Path, places: Iterable[Invented] = PLACES) -> Path:
    """Write the ratings of invented locations, twelve rows each, and give the path back."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for place in places:
            for group in ("Overall", place.group):
                writer.writerows(_row(place, group, domain) for domain in DOMAINS)
    return path


def _row(place: Invented, group: str, domain: str) -> list[str]:
    cells = {
        "Location ID": place.location_id,
        "Location Name": place.name,
        "Care Home?": place.care_home,
        "Location Type": place.kind,
        "Location Primary Inspection Category": place.category,
        "Location Street Address": "1 Beck Lane",
        "Location City": "Fellbeck",
        "Location Post Code": place.postcode,
        "Location Local Authority": place.area,
        "Location Region": "North",
        "Service / Population Group": group,
        "Domain": domain,
        "Latest Rating": place.safe if domain == "Safe" and place.safe else place.overall,
        "Publication Date": place.published,
        "Report Type": "Location",
        "Inherited Rating (Y/N)": "N",
        "URL": f"http://www.cqc.org.uk/location/{place.location_id}",
        "Provider ID": place.provider_id,
        "Provider Name": place.provider,
        "Brand ID": "-",
        "Brand Name": "-",
    }
    return [cells.get(name, "") for name in HEADER]
