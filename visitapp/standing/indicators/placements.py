"""The indicator of the placement position."""

from __future__ import annotations

from collections.abc import Mapping

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import PlacementPosition
from visitapp.rules.choices import Position, PositionSource
from visitapp.rules.indicators import Filled
from visitapp.rules.placement import standing_position
from visitapp.standing.indicators.reading import Reader, Reading
from visitapp.standing.placements import position_rows
from visitapp.vocabulary import choice_word

_VALUES = {
    Position.OPEN: "open",
    Position.CONDITIONAL: "condition",
    Position.CLOSED: "closed",
}


def _position(reading: Reading) -> Filled | None:
    """What somebody decided. A position that only follows from the rating says nothing more than
    the rating, which models ask for by itself."""
    row = standing_position(position_rows(reading.session, reading.setting.id)).row
    if row is None or row.position not in _VALUES:
        return None
    follows = row.interim and row.lapses_on is None
    if follows or row.source == PositionSource.CARRIED_OVER:
        return None
    decision = reading.session.get_one(PlacementPosition, row.id)
    origin = translate(
        "The decision on placements from {day}: {position}.",
        day=short_day(decision.from_on),
        position=choice_word(Position, row.position).lower(),
    )
    return Filled(value=_VALUES[Position(row.position)], origin=origin, at=decision.from_on)


READERS: Mapping[str, Reader] = {"placement.position": _position}
