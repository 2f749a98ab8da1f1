"""What regulators have in force at a setting, and the indicator of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import RegulatorAction
from visitapp.rules.choices import STOPS_ADMISSIONS, Enforcement
from visitapp.rules.indicators import Filled
from visitapp.standing.indicators.reading import Reader, Reading
from visitapp.vocabulary import choice_word


def in_force(today: date) -> ColumnElement[bool]:
    """Whether a regulator's action is in force."""
    return (
        RegulatorAction.deleted.is_(False)
        & (RegulatorAction.from_on <= today)
        & or_(RegulatorAction.to_on.is_(None), RegulatorAction.to_on >= today)
    )


def admissions_stopped(connection: Connection | Session, setting_id: str, today: date) -> bool:
    """Whether a regulator has stopped admissions at a setting."""
    stops = (RegulatorAction.setting_id == setting_id, RegulatorAction.kind.in_(STOPS_ADMISSIONS))
    found = connection.execute(select(RegulatorAction.id).where(*stops, in_force(today)).limit(1))
    return found.first() is not None


def settings_without_admissions(connection: Connection | Session, today: date) -> set[str]:
    """The settings at which a regulator has stopped admissions."""
    stops = RegulatorAction.kind.in_(STOPS_ADMISSIONS)
    found = connection.execute(select(RegulatorAction.setting_id).where(stops, in_force(today)))
    return {row.setting_id for row in found}


def _enforcement(reading: Reading) -> dict[str, Filled]:
    """The most serious action in force. That none is recorded does not say that there is none."""
    rows = reading.session.execute(
        select(RegulatorAction.setting_id, RegulatorAction.kind, RegulatorAction.from_on)
        .where(reading.about(RegulatorAction.setting_id), in_force(reading.today))
        .order_by(RegulatorAction.from_on.desc(), RegulatorAction.id)
    )
    return {id_: _gravest(own) for id_, own in reading.grouped(rows).items()}


def _gravest(rows: Sequence[Row[Any]]) -> Filled:
    grave = [row for row in rows if row.kind != Enforcement.REQUIREMENT_NOTICE]
    row = (grave or rows)[0]
    origin = translate(
        "The regulator's action from {day}: {kind}.",
        day=short_day(row.from_on),
        kind=choice_word(Enforcement, row.kind).lower(),
    )
    return Filled(value="high" if grave else "medium", origin=origin, at=row.from_on)


READERS: Mapping[str, Reader] = {"regulator.enforcement": _enforcement}
