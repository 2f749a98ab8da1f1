"""The council's public ratings file, written in the regulator's long format so that it is imported
by the same code as the real one."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from visitapp.demo.council.council import NAME, Council, Place

_DOMAINS = ("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led")
_COMMUNITY = "Community based adult social care services"
_COLUMNS = (
    *("Location ID", "Location ODS Code", "Location Name", "Care Home?", "Location Type"),
    *("Location Primary Inspection Category", "Location Street Address", "Location City"),
    *("Location Post Code", "Location Local Authority", "Location Region"),
    *("Service / Population Group", "Domain", "Latest Rating", "Publication Date"),
    *("Report Type", "Inherited Rating (Y/N)", "URL", "Provider ID", "Provider Name"),
)


def write_public_file(council: Council, out: Path) -> Path:
    """Write the council's settings as `write_places`."""
    return write_places((*council.places, council.newcomer), out)


def write_places(places: Iterable[Place], out: Path) -> Path:
    """Write a row for each setting, service group and domain, as the regulator does."""
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS)
        writer.writeheader()
        for place in places:
            for group in ("Care Homes" if place.care_home else "Homecare", "Overall"):
                for domain in _DOMAINS:
                    writer.writerow(_row(place, group, domain))
    return out


def _row(place: Place, group: str, domain: str) -> dict[str, str]:
    category = "Residential social care" if place.care_home else _COMMUNITY
    return {
        "Location ID": place.location_id,
        "Location Name": place.name,
        "Care Home?": "Y" if place.care_home else "N",
        "Location Type": "Social Care Org",
        "Location Primary Inspection Category": category,
        "Location Street Address": place.address,
        "Location City": place.town,
        "Location Post Code": place.postcode,
        "Location Local Authority": NAME.removesuffix(" County Council"),
        "Location Region": "Invented",
        "Service / Population Group": group,
        "Domain": domain,
        "Latest Rating": place.rating,
        "Publication Date": f"{place.published:%m/%d/%Y}",
        "Report Type": "Location",
        "Inherited Rating (Y/N)": "N",
        "Provider ID": place.firm.number,
        "Provider Name": place.firm.name,
    }
