"""What is new in a file, of one location: told from what the directory held before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from visitapp.rules.choices import RegulatorChangeKind
from visitapp.storage.directory.places import Grade, Hygiene, Listing
from visitapp.storage.directory.ratings import goodness

OVERALL = "Overall"
REPORT = "Report"
REGISTRATION = "Registration"
HYGIENE = "Food hygiene"
FHRS = "fhrs"
"""The source of food hygiene ratings."""
_CLOSED = "closed"
_REGISTERED = "registered"


class News(NamedTuple):
    """One thing that changed: what of the location, from what to what, and the day of it."""

    kind: str
    domain: str
    before: str
    after: str
    published_on: date | None


def of_location(held: Listing | None, standing: Listing, *, area_known: bool) -> Iterator[News]:
    """What changed between the location as it was held and as it stands now.

    area_known: an earlier file of the same kind named the area, so that a location that was not
    in it is new.
    """
    if held is None:
        if area_known:
            yield _registration("", standing.place.status, standing.place.published)
        return
    closed, was_closed = (one.place.status == _CLOSED for one in (standing, held))
    if closed != was_closed:
        yield _registration(held.place.status, standing.place.status, None)
    rated = [*_overall(held, standing), *_domains(held, standing)]
    yield from rated
    newest = _newest(standing)
    if not rated and newest is not None and newest > (_newest(held) or date.min):
        after = standing.place.overall
        yield News(RegulatorChangeKind.NEW_REPORT, REPORT, held.place.overall, after, newest)


def of_kitchen(held: Hygiene | None, standing: Hygiene) -> Iterator[News]:
    """What changed in the food hygiene rating of an establishment."""
    if held is None or held.rating == standing.rating:
        return
    better = _direction(held.rating, standing.rating)
    if better is not None:
        kind = RegulatorChangeKind.HYGIENE_UP if better else RegulatorChangeKind.HYGIENE_DOWN
        yield News(kind, HYGIENE, held.rating, standing.rating, standing.rated_on)


def rating_kind(before: str, after: str) -> RegulatorChangeKind:
    """Whether a rating went up or down; a new report where the words cannot be compared."""
    better = _direction(before, after)
    if better is None:
        return RegulatorChangeKind.NEW_REPORT
    return RegulatorChangeKind.RATING_UP if better else RegulatorChangeKind.RATING_DOWN


def no_longer_listed(status: str) -> News:
    """The location is missing from a file that names every active one."""
    return _registration(status, _CLOSED, None)


def _registration(before: str, after: str, published_on: date | None) -> News:
    open_ = after != _CLOSED
    kind = RegulatorChangeKind.REGISTERED if open_ else RegulatorChangeKind.DEREGISTERED
    return News(kind, REGISTRATION, before, after or _REGISTERED, published_on)


def _overall(held: Listing, standing: Listing) -> Iterator[News]:
    before, after = held.place.overall, standing.place.overall
    if before != after:
        yield News(rating_kind(before, after), OVERALL, before, after, standing.place.published)


def _domains(held: Listing, standing: Listing) -> Iterator[News]:
    """The key questions or themes whose grade went up or down."""
    before = {_key(grade): grade for grade in held.grades}
    for grade in _told(standing.grades):
        old = before.get(_key(grade))
        if old is not None and old.rating != grade.rating:
            kind = rating_kind(old.rating, grade.rating)
            yield News(kind, grade.domain, old.rating, grade.rating, grade.published)


def _told(grades: list[Grade]) -> Iterator[Grade]:
    """The grades of the whole location, or of its only service group, without the overall one."""
    groups = {grade.service_group.casefold() for grade in grades}
    whole = OVERALL.casefold() if OVERALL.casefold() in groups else min(groups, default="")
    if whole != OVERALL.casefold() and len(groups) > 1:
        return
    for grade in grades:
        if grade.service_group.casefold() == whole and grade.domain.casefold() != "overall":
            yield grade


def _key(grade: Grade) -> tuple[str, str]:
    return grade.service_group.casefold(), grade.domain.casefold()


def _newest(listing: Listing) -> date | None:
    days = [grade.published for grade in listing.grades if grade.published]
    return max(
        (*days, *([listing.place.published] if listing.place.published else [])), default=None
    )


def _direction(before: str, after: str) -> bool | None:
    """Whether a rating went up; None where one of the two is no rating."""
    old, new = goodness(before), goodness(after)
    return None if old is None or new is None or old == new else new > old
