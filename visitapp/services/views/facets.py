"""Where a setting stands in the council: who holds it, its team, contracts, district and type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from msgspec import Struct

from visitapp.rules.text import folded

View = TypeVar("View")


class Place(Struct, frozen=True, kw_only=True):
    """What lists of settings, visits and actions are narrowed and grouped by. `contracts` are
    numbers."""

    officer_id: str = ""
    officer: str = ""
    team: str = ""
    contracts: list[str] = []
    district: str = ""
    service_type: str = ""


class Facet(Struct, frozen=True):
    """One value that a row has in a facet: `key` is what a list is narrowed by."""

    key: str
    label: str


Facets = Callable[[Any], Mapping[str, list[Facet]]]
"""The values of a row by facet: officer, team, contract, district, service_type."""

FACETS = ("officer", "team", "contract", "district", "service_type")


def facets(place: Place) -> dict[str, list[Facet]]:
    """The values of a setting; of a facet in which it has none, an empty list."""
    return {
        "officer": _one(place.officer_id, place.officer),
        "team": _one(place.team),
        "contract": [Facet(number, number) for number in place.contracts],
        "district": _one(place.district),
        "service_type": _one(place.service_type),
    }


def narrowed(views: Iterable[View], where: Mapping[str, str], facets_of: Facets) -> list[View]:
    """The views that have these values, by facet. An empty value does not narrow."""
    wanted = {name: key for name, key in where.items() if key}
    if not wanted:
        return list(views)
    return [
        view
        for view in views
        if all(
            any(facet.key == key for facet in facets_of(view)[name]) for name, key in wanted.items()
        )
    ]


def in_order(views: Iterable[View], key: Callable[[View], Any], descending: bool) -> list[View]:
    """The views sorted; those for which the key is None last, in the order they were in."""
    listed = [(key(view), view) for view in views]
    known = [pair for pair in listed if pair[0] is not None]
    known.sort(key=itemgetter(0), reverse=descending)
    return [view for _, view in known] + [view for value, view in listed if value is None]


def grouped(views: Sequence[View], group: str, facets_of: Facets) -> list[View]:
    """The views by group, those without one last, and otherwise in their order."""
    if not group:
        return list(views)
    labels = {id(view): group_label(view, group, facets_of) for view in views}
    return sorted(views, key=lambda view: (not labels[id(view)], folded(labels[id(view)])))


def group_label(view: Any, group: str, facets_of: Facets) -> str:
    """`C1, C2`: what a view belongs to in a facet, empty for nothing."""
    return ", ".join(facet.label for facet in facets_of(view)[group])


def choices_of(views: Iterable[Any], facets_of: Facets) -> dict[str, dict[str, str]]:
    """By facet, the keys that there are with their labels, by label."""
    found: dict[str, dict[str, str]] = {name: {} for name in FACETS}
    for view in views:
        for name, values in facets_of(view).items():
            for facet in values:
                found[name].setdefault(facet.key, facet.label)
    return {
        name: dict(sorted(values.items(), key=lambda pair: (folded(pair[1]), pair[0])))
        for name, values in found.items()
    }


def _one(key: str, label: str = "") -> list[Facet]:
    return [Facet(key, label or key)] if key else []
