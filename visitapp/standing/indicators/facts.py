"""Indicators from the facts of a setting: its manager and its owner."""

from __future__ import annotations

from collections.abc import Mapping

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.rules.indicators import Filled
from visitapp.rules.market.setting_facts import Changes, Fact, changes
from visitapp.rules.market_choices import FactKind
from visitapp.standing.facts import facts_of
from visitapp.standing.indicators.reading import Reader, Reading


def _changes(reading: Reading, kind: FactKind) -> Changes | None:
    facts = facts_of(reading.session, reading.setting_ids()).get(kind, [])
    return changes(facts, reading.today)


def _manager(reading: Reading) -> Filled | None:
    """Whether the manager changed in twelve months; in post only where the records reach back."""
    found = _changes(reading, FactKind.MANAGER)
    if found is None:
        return None
    fact, day = found.latest, short_day(found.latest.as_of)
    if not fact.content:
        origin = translate("The fact of {day}: no manager in post.", day=day)
        return Filled(value="vacant", origin=origin, at=fact.as_of)
    return _filled(found, ("in_post", "changed", "changed_often"), _manager_origin(found, fact))


def _manager_origin(found: Changes, fact: Fact) -> str:
    day, since = short_day(fact.as_of), short_day(fact.since)
    if found.count:
        return translate("The fact of {day}: a new manager since {since}.", day=day, since=since)
    return translate("The fact of {day}: the same manager for twelve months.", day=day)


def _owner(reading: Reading) -> Filled | None:
    """Whether the owner changed in twelve months."""
    found = _changes(reading, FactKind.OWNER)
    if found is None or not found.latest.content:
        return None
    day, since = short_day(found.latest.as_of), short_day(found.latest.since)
    origin = translate("The fact of {day}: the same owner for twelve months.", day=day)
    if found.count:
        origin = translate("The fact of {day}: a new owner since {since}.", day=day, since=since)
    return _filled(found, ("unchanged", "changed", "changed"), origin)


def _filled(found: Changes, values: tuple[str, str, str], origin: str) -> Filled | None:
    """The value for no change, one or several; None for no change that nobody could know of."""
    if not found.count and not found.complete:
        return None
    return Filled(value=values[min(found.count, 2)], origin=origin, at=found.latest.as_of)


READERS: Mapping[str, Reader] = {"manager.changed": _manager, "owner.changed": _owner}
