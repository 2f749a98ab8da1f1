"""Food hygiene ratings: the XML or JSON that the Food Standards Agency publishes."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError, iterparse
from xml.parsers import expat

from visitapp.language import translate
from visitapp.storage.directory.columns import Progress, postcode
from visitapp.storage.directory.content import cut_short, reading, sample_of, unknown
from visitapp.storage.directory.dates import DateError, DateOrder, read_date
from visitapp.storage.directory.places import Edition, Hygiene
from visitapp.storage.directory.ratings import cautious, is_hygiene_rating
from visitapp.storage.directory.staging import Staged
from visitapp.storage.json_members import members

KIND = "food-hygiene"
_ROOT = "FHRSEstablishment"
_ESTABLISHMENT = "EstablishmentDetail"
_EXTRACTED = "ExtractDate"
_LISTS = ("EstablishmentCollection", _ESTABLISHMENT, "establishments")
"""Keys of a JSON file under which the establishments stand."""
_TELL_EVERY = 1000

_Field = Callable[[str], str]
"""The text of one field of an establishment, by its name in the agency's files."""


def read_xml(
    path: Path, staged: Staged[Hygiene], progress: Progress | None, today: date
) -> Edition:
    """Every establishment of the file. Raises BadFile when it is other XML or ends too soon."""
    if _root_of(path) != _ROOT:
        raise unknown(path)
    return _edition(_elements(path), staged, progress, today)


def read_json(
    path: Path, staged: Staged[Hygiene], progress: Progress | None, today: date
) -> Edition:
    """Every establishment of the file. Raises BadFile when it is other JSON or ends too soon."""
    return _edition(_objects(path), staged, progress, today)


def _edition(
    fields: Iterator[tuple[_Field, date | None]],
    staged: Staged[Hygiene],
    progress: Progress | None,
    today: date,
) -> Edition:
    edition = Edition(KIND)
    for field, extracted in fields:
        edition.rows += 1
        if progress is not None and edition.rows % _TELL_EVERY == 0:
            progress(edition.rows)
        try:
            new = _hygiene(field, extracted, today)
        except ValueError as wrong:
            edition.add_problem(edition.rows, str(wrong))
            continue
        staged.add(new.fhrs_id, edition.rows, new)
    edition.hygiene = (_latest(rows, edition) for _, rows in staged.groups())
    return edition


def _latest(rows: list[tuple[int, Hygiene]], edition: Edition) -> tuple[Hygiene, int]:
    """The latest of the ratings of one establishment; the others become problems."""
    number, kept = rows[0]
    for row, new in rows[1:]:
        later = _precedence(new) > _precedence(kept)
        (number, kept), aside = ((row, new), number) if later else ((number, kept), row)
        what = translate(
            "The row was not taken: FHRS ID {id} also stands in row {row}.",
            id=kept.fhrs_id,
            row=number,
        )
        edition.add_problem(aside, what)
    return kept, number


def _precedence(one: Hygiene) -> tuple[date, int]:
    """Of two ratings of one establishment the later stands; of one day, the worse."""
    return one.rated_on or date.min, cautious(one.rating)


def _root_of(path: Path) -> str | None:
    """The name of the root element. Raises BadFile when a document type stands before it.

    A document type can declare entities that expand without end; no directory has one. It may
    stand only before the root, so the rest is safe to parse.
    """
    names: list[str] = []

    def refuse(*declared: object) -> None:
        raise unknown(path)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, _: names.append(name)
    with suppress(expat.ExpatError):
        parser.Parse(sample_of(path), False)
    return names[0].rsplit(":")[-1] if names else None


def _elements(path: Path) -> Iterator[tuple[_Field, date | None]]:
    extracted = None
    try:
        with reading(path) as stream:
            within: list[Element] = []
            for event, element in iterparse(stream, ("start", "end")):  # noqa: S314  # no doctype
                if event == "start":
                    within.append(element)
                    continue
                within.pop()
                name = _local(element)
                if name == _EXTRACTED:
                    extracted = _extract_day(element.text or "")
                elif name == _ESTABLISHMENT:
                    yield _texts(element), extracted
                    if within:
                        within[-1].remove(element)
    except ParseError as error:
        raise cut_short(path, error.position[0]) from error


def _texts(element: Element) -> _Field:
    # Names are published with their ampersands escaped twice.
    texts = {_local(child): html.unescape(child.text or "").strip() for child in element}
    return lambda name: texts.get(name, "")


def _local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rsplit("}")[-1]


def _objects(path: Path) -> Iterator[tuple[_Field, date | None]]:
    """The establishments of a JSON file, as downloaded or as the agency's API gives them."""
    sample = sample_of(path)
    found = False
    try:
        extracted = _json_extracted(path)
        for key, value in _json_members(path):
            if key in _LISTS:
                values = value if isinstance(value, dict) else {}
                found = found or "FHRSID" in values
                yield _values(values), extracted
    except (ValueError, RecursionError) as error:
        begun = b"FHRSID" in sample and not sample.lstrip().startswith(b"[")
        raise (cut_short if begun else unknown)(path) from error
    if not found:
        raise unknown(path)


def _json_extracted(path: Path) -> date | None:
    """The day of the file, which stands before the establishments or after them."""
    heads = (value for key, value in _json_members(path) if key in ("Header", "meta"))
    head = next((one for one in heads if isinstance(one, dict)), {})
    return _extract_day(str(head.get(_EXTRACTED, head.get("extractDate", ""))))


def _json_members(path: Path) -> Iterator[tuple[str, Any]]:
    encoding = json.detect_encoding(sample_of(path))
    with reading(path) as stream, io.TextIOWrapper(stream, encoding) as text:
        yield from members(text, {_ROOT, *_LISTS})


def _values(values: dict[str, Any]) -> _Field:
    def text(name: str) -> str:
        value = values.get(name)
        return "" if value is None else html.unescape(str(value)).strip()

    return text


def _extract_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _hygiene(text: _Field, extracted: date | None, today: date) -> Hygiene:
    """The rating of one establishment. Raises ValueError, with a sentence."""
    if not text("FHRSID").isdigit():
        raise ValueError(translate("The establishment has no FHRS ID."))
    if not text("BusinessName") or not text("RatingValue"):
        raise ValueError(translate("The establishment has no name or no rating."))
    if not is_hygiene_rating(text("RatingValue")):
        value = repr(text("RatingValue"))
        raise ValueError(translate("{value} is not a food hygiene rating.", value=value))
    try:
        rated_on = read_date(text("RatingDate"), DateOrder.DAY_FIRST, today)
    except DateError as error:
        raise ValueError(translate("The rating date {wrong}", wrong=error)) from None
    return Hygiene(
        fhrs_id=text("FHRSID"),
        name=text("BusinessName"),
        business_type=text("BusinessType"),
        postcode=postcode(text("PostCode")),
        local_authority=text("LocalAuthorityName"),
        rating=text("RatingValue"),
        rated_on=rated_on,
        extracted=extracted if extracted is None or extracted <= today else None,
    )
