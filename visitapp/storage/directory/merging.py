"""Which publication of one location stands: the latest, whatever the order of rows and files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from visitapp.language import translate
from visitapp.storage.directory.places import Edition, Grade, Hygiene, Listing, Place
from visitapp.storage.directory.ratings import cautious

_FILLED = ("postcode", "provider", "provider_id", "local_authority", "address")
"""Fields that another file may add where the later publication has nothing."""


def merged(held: Listing, new: Listing, *, by_domain: bool) -> Listing:
    """The location as it stands after an import: `held` in the directory, `new` in the file.

    Of two publications of one day the file's stands: a regulator corrects without a new date.
    """
    standing = _merged(held, new, by_domain=by_domain)
    told = _told_status(held.place, new.place)
    place = replace(standing.place, status=told.status, status_on=told.status_on)
    return replace(standing, place=place)


def _told_status(held: Place, new: Place) -> Place:
    """Which of the two says whether the location is open: that of the later file."""
    if not new.status or (held.status and _day(held.status_on) > _day(new.status_on)):
        return held
    return new


def _merged(held: Listing, new: Listing, *, by_domain: bool) -> Listing:
    if not by_domain:
        return held if _day(held.place.published) > _day(new.place.published) else new
    grades = {_key(grade): grade for grade in held.grades}
    for grade in new.grades:
        before = grades.get(_key(grade))
        if before is None or _day(before.published) <= _day(grade.published):
            grades[_key(grade)] = grade
    later, earlier = (held, new) if _latest(held) > _latest(new) else (new, held)
    kept = list(grades.values())
    return Listing(_place(later.place, earlier.place, held, new, kept), kept, new.row, new.link)


def one_of_each(listings: Iterable[Listing], edition: Edition) -> Iterator[Listing]:
    """Of the rows of one location the latest publication, if any; the others become problems.

    Of two of one day the one with the worse rating stands, so that the order does not matter.
    """
    kept: Listing | None = None
    for new in listings:
        if kept is None:
            kept = new
            continue
        kept, aside = (new, kept) if _precedence(new) > _precedence(kept) else (kept, new)
        day = kept.place.published
        if day:
            what = translate(
                "The row was not taken: {id} also stands in row {row}, published on {day}.",
                id=kept.place.location_id,
                row=kept.row,
                day=f"{day:%d/%m/%Y}",
            )
        else:
            what = translate(
                "The row was not taken: {id} also stands in row {row}, with no date.",
                id=kept.place.location_id,
                row=kept.row,
            )
        edition.add_problem(aside.row, what)
    if kept is not None:
        yield kept


def _precedence(listing: Listing) -> tuple[date, int]:
    return _day(listing.place.published), cautious(listing.place.overall)


def is_superseded(new: Listing, standing: Listing) -> bool:
    """Whether some of the file's ratings of a location gave way to a later publication."""
    before = _day(new.place.published) < _day(standing.place.published)
    return before or any(grade not in standing.grades for grade in new.grades)


def latest_hygiene(held: Hygiene, new: Hygiene) -> Hygiene:
    """The food hygiene rating that stands: that of the later file, else of the later visit."""
    return held if _hygiene_day(held) > _hygiene_day(new) else new


def overall(grades: list[Grade]) -> Grade | None:
    """The overall rating of a location, or that of its latest service group where it has none."""
    found = [grade for grade in grades if grade.domain.casefold() == "overall"]
    whole = [grade for grade in found if grade.service_group.casefold() == "overall"]
    return max(whole or found, key=lambda grade: _day(grade.published), default=None)


def _place(later: Place, earlier: Place, held: Listing, new: Listing, grades: list[Grade]) -> Place:
    rating = overall(grades)
    # Which services are given there is not dated by a rating: the file that is imported last and
    # says so stands.
    told = next((one.place for one in (new, held) if one.place.types_known), later)
    filled = {name: getattr(later, name) or getattr(earlier, name) for name in _FILLED}
    return replace(
        later,
        **filled,
        overall=rating.rating if rating else "",
        published=rating.published if rating else None,
        service_types=told.service_types,
        service_type=told.service_type,
        types_known=told.types_known,
        beds=held.place.beds if new.place.beds is None else new.place.beds,
    )


def _key(grade: Grade) -> tuple[str, str]:
    return grade.service_group.casefold(), grade.domain.casefold()


def _latest(listing: Listing) -> date:
    return max((_day(grade.published) for grade in listing.grades), default=date.min)


def _hygiene_day(one: Hygiene) -> tuple[date, date]:
    return _day(one.extracted or one.rated_on), _day(one.rated_on)


def _day(published: date | None) -> date:
    """A date to compare; a rating without one is older than any."""
    return published or date.min
