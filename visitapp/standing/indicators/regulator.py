"""Indicators from the regulator's published ratings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from visitapp.dates import short_day
from visitapp.errors import NotFound
from visitapp.language import message, translate
from visitapp.records import Setting
from visitapp.rules.indicators import KEY_QUESTIONS, Filled, regulator_value
from visitapp.standing.indicators.reading import Reader, Reading
from visitapp.storage.directory import Place

_REGULATORS = {
    "cqc": message("Care Quality Commission"),
    "care_inspectorate": message("Care Inspectorate"),
}


def _each(say: Callable[[Reading, Setting], Filled | None]) -> Reader:
    def read(reading: Reading) -> dict[str, Filled]:
        found = {id_: say(reading, setting) for id_, setting in reading.settings.items()}
        return {id_: said for id_, said in found.items() if said is not None}

    return read


def _overall(reading: Reading, setting: Setting) -> Filled | None:
    """The newer of the directory on this device and the copy in the setting's own record."""
    if not setting.regulator:
        return None
    words, published = setting.regulator_overall, setting.regulator_published
    place = _place(reading, setting)
    if place is not None and (place.published or date.min) >= (published or date.min):
        words, published = place.overall, place.published
    return _published(reading, setting, words, published, translate("rating"))


def _place(reading: Reading, setting: Setting) -> Place | None:
    try:
        return reading.directory.get(setting.location_id) if reading.directory else None
    except NotFound:
        return None


def _key_question(name: str) -> Reader:
    def say(reading: Reading, setting: Setting) -> Filled | None:
        if reading.directory is None:
            return None
        try:
            grades = reading.directory.grades(setting.location_id)
        except NotFound:
            return None
        said = name.replace("_", "-")
        found = [grade for grade in grades if grade.domain.casefold() == said]
        whole = [grade for grade in found if grade.service_group.casefold() == "overall"]
        if not found:
            return None
        grade = max(whole or found, key=lambda grade: grade.published or date.min)
        what = translate("rating for {question}", question=said)
        return _published(reading, setting, grade.rating, grade.published, what)

    return _each(say)


def _published(
    reading: Reading, setting: Setting, words: str, published: date | None, what: str
) -> Filled | None:
    value = regulator_value(words)
    if value is None:
        return None
    origin = _origin(setting.regulator, words, published, what)
    return Filled(value=value, origin=origin, at=published or reading.today)


def _origin(regulator_id: str, words: str, published: date | None, what: str) -> str:
    regulator = _REGULATORS.get(regulator_id) or translate("regulator")
    if not words:
        return translate("{regulator}, no {what} is published.", regulator=regulator, what=what)
    if not published:
        return translate(
            "{regulator}, {what}: {words}.", regulator=regulator, what=what, words=words
        )
    return translate(
        "{regulator}, {what}: {words}, published {day}.",
        regulator=regulator,
        what=what,
        words=words,
        day=short_day(published),
    )


READERS: Mapping[str, Reader] = {
    "regulator.overall": _each(_overall),
    **{f"regulator.{name}": _key_question(name) for name in KEY_QUESTIONS},
}
