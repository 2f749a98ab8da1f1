"""The indicator from the food hygiene rating that an officer confirmed as the setting's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from visitapp.dates import short_day
from visitapp.errors import NotFound
from visitapp.language import translate
from visitapp.records import Setting
from visitapp.rules.indicators import Filled, hygiene_value
from visitapp.standing.indicators.reading import Reader, Reading
from visitapp.storage.directory import Directory, Hygiene


def confirmed_match(directory: Directory, setting: Setting) -> Hygiene | None:
    """The establishment that an officer confirmed; None without one, or when it is not here."""
    if not setting.hygiene_id:
        return None
    try:
        return directory.hygiene_of(setting.hygiene_id)
    except NotFound:
        return None


def _ratings(reading: Reading) -> dict[str, Filled]:
    if reading.directory is None:
        return {}
    found = {
        id_: _rating(reading.directory, setting, reading.today)
        for id_, setting in reading.settings.items()
        if setting.hygiene_id
    }
    return {id_: said for id_, said in found.items() if said is not None}


def _rating(directory: Directory, setting: Setting, today: date) -> Filled | None:
    matched = confirmed_match(directory, setting)
    value = hygiene_value(matched.rating) if matched else None
    if matched is None or value is None:
        return None
    found = {"name": matched.name, "id": matched.fhrs_id, "rating": matched.rating}
    origin = translate("Food hygiene rating of {name} ({id}): {rating}.", **found)
    if matched.rated_on:
        origin = translate(
            "Food hygiene rating of {name} ({id}): {rating}, rated {day}.",
            **found,
            day=short_day(matched.rated_on),
        )
    return Filled(value=value, origin=origin, at=matched.rated_on or today)


READERS: Mapping[str, Reader] = {"hygiene.rating": _ratings}
