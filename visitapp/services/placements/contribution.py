"""What placement positions contribute: the position of each setting, and the decisions on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.language import message, translate
from visitapp.records import PlacementPosition, Position, Setting
from visitapp.rules.placement import RESTRICTION
from visitapp.services.contributions import Contribution, PortfolioPart
from visitapp.services.placements.decisions import POSITIONS
from visitapp.services.placements.own_rows import refused_positions
from visitapp.services.placements.waiting import position_queries, shown_in
from visitapp.services.views.settings import TimelineEntry
from visitapp.standing.by_setting import Found
from visitapp.vocabulary import choice_word


def _timeline(session: Session, setting: Setting) -> Iterator[TimelineEntry]:
    decisions = session.scalars(
        select(PlacementPosition)
        .where(PlacementPosition.setting_id == setting.id, PlacementPosition.deleted.is_(False))
        .where(PlacementPosition.id.not_in(refused_positions()))
        .order_by(PlacementPosition.created_at, PlacementPosition.id)
    )
    for one in decisions:
        template = _INTERIM if one.interim else _DECIDED
        what = translate(template.template, position=choice_word(Position, one.position).lower())
        detail = " ".join(text for text in (one.condition, one.reason) if text)
        yield TimelineEntry(at=one.created_at, what=what, detail=detail)


_DECIDED = message("New placements: {position}.")
_INTERIM = message("New placements: {position}, interim.")


def _fields(found: Found) -> dict[str, Any]:
    where = shown_in(found)
    return {
        "position": where.position.value,
        "placements": choice_word(Position, where.position),
        "placements_note": where.note,
        "placement_waits": bool(where.waits),
    }


CONTRIBUTION = Contribution(
    decisions=[POSITIONS],
    timeline=_timeline,
    portfolio=PortfolioPart(
        queries=lambda question: position_queries(question.today),
        fields=_fields,
        filters={
            "placement_waits": lambda row, today: row.placement_waits,
            "closed": lambda row, today: row.position == Position.CLOSED,
        },
        orders={"placements": lambda row: -RESTRICTION[Position(row.position)]},
    ),
)
