"""The position that stands for a setting, read from the records and put in words."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import Message, translate
from visitapp.records import PlacementPosition
from visitapp.rules.choices import Position, Rag, RatingKind
from visitapp.rules.placement import Standing, standing_position, waits_for
from visitapp.rules.ratings import standing
from visitapp.services.placements.own_rows import refused_positions
from visitapp.standing.indicators.enforcement import admissions_stopped
from visitapp.standing.placements import position_rows
from visitapp.standing.ratings import rating_rows


class Shown(NamedTuple):
    """The position that stands, why somebody has to decide, and what to know in a line."""

    position: Position
    waits: list[Message]
    note: str


def shown(
    standing: Standing, condition: str, rag: str | None, today: date, *, banned: bool = False
) -> Shown:
    """How a position is shown. `condition`: that of the decision that stands; `rag`: the rating
    that stands."""
    waits = waits_for(standing, rag, banned=banned, today=today)
    row = standing.row
    lines = [condition] if condition else []
    if row is not None and row.lapses_on is not None:
        lines.append(translate("Held until {day}.", day=short_day(row.lapses_on)))
    elif row is not None and row.review_on is not None and not waits:
        lines.append(translate("Review {day}.", day=short_day(row.review_on)))
    lines += [str(why) for why in waits]
    return Shown(standing.position, waits, " ".join(lines))


def position_of(session: Session, setting_id: str) -> Standing:
    """The decision that stands for a setting, as far as this device knows."""
    return standing_position(position_rows(session, setting_id, refused_positions()))


def rag_of(session: Session, setting_id: str) -> str:
    """The quality rating that stands for a setting."""
    rating = standing(rating_rows(session, RatingKind.QUALITY, setting_id))
    return rating.rag if rating else Rag.UNRATED.value


def shown_position(session: Session, setting_id: str, today: date) -> Shown:
    """How the position of a setting is shown."""
    stands = position_of(session, setting_id)
    decision = session.get_one(PlacementPosition, stands.row.id) if stands.row else None
    condition = decision.condition if decision else ""
    banned = admissions_stopped(session, setting_id, today)
    return shown(stands, condition, rag_of(session, setting_id), today, banned=banned)
