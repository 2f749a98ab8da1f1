"""Food hygiene ratings: the XML that the Food Standards Agency publishes for each authority."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, iterparse
from xml.parsers import expat

from visitapp.storage.directory.columns import Progress, postcode
from visitapp.storage.directory.content import cut_short, reading, sample_of, unknown
from visitapp.storage.directory.dates import DateError, DateOrder, read_date
from visitapp.storage.directory.places import Edition, Hygiene, Problem

KIND = "food-hygiene"
_ROOT = "FHRSEstablishment"
_ESTABLISHMENT = "EstablishmentDetail"
_TELL_EVERY = 1000


def read(path: Path, progress: Progress | None) -> Edition:
    """Every establishment of the file. Raises BadFile when it is other XML or ends too soon."""
    if _root_of(path) != _ROOT:
        raise unknown(path)
    edition = Edition(KIND)
    for element in _establishments(path):
        edition.rows += 1
        if progress is not None and edition.rows % _TELL_EVERY == 0:
            progress(edition.rows)
        taken = _hygiene(element)
        if isinstance(taken, str):
            edition.problems.append(Problem(edition.rows, taken))
        else:
            edition.hygiene.append(taken)
    return edition


def _root_of(path: Path) -> str | None:
    """The name of the root element. Raises BadFile when a document type stands before it.

    A document type can declare entities that expand without end; no directory has one. It may
    stand only before the root, so what follows is safe to parse.
    """
    names: list[str] = []

    def refuse(*declared: object) -> None:
        raise unknown(path)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, _: names.append(name)
    with suppress(expat.ExpatError):
        parser.Parse(sample_of(path), False)
    return names[0] if names else None


def _establishments(path: Path) -> Iterator[Element]:
    try:
        with reading(path) as stream:
            for _, element in iterparse(stream):  # noqa: S314  # `_root_of` saw no document type
                if element.tag == _ESTABLISHMENT:
                    yield element
                    element.clear()
    except ParseError as error:
        raise cut_short(path, error.position[0]) from error


def _hygiene(element: Element) -> Hygiene | str:
    """The rating of one establishment, or what is wrong with it."""

    def text(name: str) -> str:
        # Names are published with their ampersands escaped twice.
        return html.unescape(element.findtext(name) or "").strip()

    if not text("FHRSID").isdigit():
        return "The establishment has no FHRS ID."
    if not text("BusinessName") or not text("RatingValue"):
        return "The establishment has no name or no rating."
    try:
        rated_on = read_date(text("RatingDate"), DateOrder.DAY_FIRST)
    except DateError as error:
        return f"The rating date {error}"
    return Hygiene(
        fhrs_id=text("FHRSID"),
        name=text("BusinessName"),
        business_type=text("BusinessType"),
        postcode=postcode(text("PostCode")),
        local_authority=text("LocalAuthorityName"),
        rating=text("RatingValue"),
        rated_on=rated_on,
    )
