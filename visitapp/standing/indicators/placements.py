"""The indicator of the placement position."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import PlacementPosition
from visitapp.rules.choices import Position, PositionSource
from visitapp.rules.indicators import Filled
from visitapp.rules.placement import PositionRow, standing_position
from visitapp.standing.indicators.reading import Reader, Reading
from visitapp.standing.placements import position_rows, positions_by_setting
from visitapp.vocabulary import choice_word

_VALUES = {
    Position.OPEN: "open",
    Position.CONDITIONAL: "condition",
    Position.CLOSED: "closed",
}


def _positions(reading: Reading) -> dict[str, Filled]:
    """What somebody decided. A position that only follows from the rating says nothing more than
    the rating, which models ask for by itself."""
    standing = (
        {id_: standing_position(position_rows(reading.session, id_)) for id_ in reading.settings}
        if reading.few
        else positions_by_setting(reading.session)
    )
    decided = {
        id_: one.row
        for id_, one in standing.items()
        if one.row is not None and _is_decided(one.row) and id_ in reading.settings
    }
    from_on = dict(
        reading.session.execute(
            select(PlacementPosition.id, PlacementPosition.from_on).where(
                reading.about(PlacementPosition.setting_id)
            )
        ).all()
    )
    return {id_: _said(row, from_on[row.id]) for id_, row in decided.items()}


def _is_decided(row: PositionRow) -> bool:
    follows = row.interim and row.lapses_on is None
    return row.position in _VALUES and not follows and row.source != PositionSource.CARRIED_OVER


def _said(row: PositionRow, day: date) -> Filled:
    origin = translate(
        "The decision on placements from {day}: {position}.",
        day=short_day(day),
        position=choice_word(Position, row.position).lower(),
    )
    return Filled(value=_VALUES[Position(row.position)], origin=origin, at=day)


READERS: Mapping[str, Reader] = {"placement.position": _positions}
