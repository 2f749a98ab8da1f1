"""A food hygiene file of invented kitchens, in the layout of the real one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape


class Kitchen(NamedTuple):
    """One invented establishment; `rated` is empty where the file has no date."""

    fhrs_id: str
    name: str
    postcode: str
    rating: str = "5"
    rated: str = "2026-03-03"
    business_type: str = "Caring Premises"


def write_fhrs(path: Path, kitchens: Iterable[Kitchen]) -> Path:
    """Write the ratings of invented kitchens, and give the path back."""
    rows = "".join(map(_row, kitchens))
    path.write_text(
        '<?xml version="1.0"?><FHRSEstablishment '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<EstablishmentCollection>{rows}</EstablishmentCollection></FHRSEstablishment>",
        encoding="utf-8",
    )
    return path


def _row(kitchen: Kitchen) -> str:
    rated = (
        f"<RatingDate>{kitchen.rated}</RatingDate>"
        if kitchen.rated
        else '<RatingDate xsi:nil="true"/>'
    )
    return (
        f"<EstablishmentDetail><FHRSID>{kitchen.fhrs_id}</FHRSID>"
        f"<BusinessName>{escape(kitchen.name)}</BusinessName>"
        f"<BusinessType>{kitchen.business_type}</BusinessType>"
        f"<PostCode>{kitchen.postcode}</PostCode><RatingValue>{kitchen.rating}</RatingValue>{rated}"
        "<LocalAuthorityName>Northmoor</LocalAuthorityName></EstablishmentDetail>"
    )
