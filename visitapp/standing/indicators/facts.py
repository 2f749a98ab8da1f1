"""Indicators from the facts of a setting: its manager and its owner."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.rules.indicators import Filled
from visitapp.rules.market.setting_facts import Changes, Fact, changes
from visitapp.rules.market_choices import FactKind
from visitapp.standing.facts import facts_by_setting
from visitapp.standing.indicators.reading import Reader, Reading


def _reads(kind: FactKind, say: Callable[[Changes], Filled | None]) -> Reader:
    def read(reading: Reading) -> dict[str, Filled]:
        facts = facts_by_setting(reading.session, reading.about)
        found: dict[str, Filled] = {}
        for id_ in reading.settings:
            own = [
                fact for one in reading.together(id_) for fact in facts.get(one, {}).get(kind, ())
            ]
            changed = changes(own, reading.today)
            said = say(changed) if changed is not None else None
            if said is not None:
                found[id_] = said
        return found

    return read


def _manager(found: Changes) -> Filled | None:
    """Whether the manager changed in twelve months; in post only where the records reach back."""
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


def _owner(found: Changes) -> Filled | None:
    """Whether the owner changed in twelve months."""
    if not found.latest.content:
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


READERS: Mapping[str, Reader] = {
    "manager.changed": _reads(FactKind.MANAGER, _manager),
    "owner.changed": _reads(FactKind.OWNER, _owner),
}
