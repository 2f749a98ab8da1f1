"""What placement positions contribute: the position of each setting, and the decisions on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Date, Row, Subquery, func, literal, select
from sqlalchemy.orm import Session

from visitapp.language import message, translate
from visitapp.records import PlacementPosition, Position, RegulatorAction, Setting
from visitapp.rules.choices import STOPS_ADMISSIONS
from visitapp.rules.placement import RESTRICTION, PositionRow, Standing
from visitapp.services.contributions import Contribution, PortfolioPart, PortfolioQuestion
from visitapp.services.placements.own_rows import refused_positions
from visitapp.services.placements.standing import shown
from visitapp.services.views.settings import TimelineEntry
from visitapp.standing.indicators.enforcement import in_force
from visitapp.standing.indicators.placements import READERS
from visitapp.standing.placements import ranked_positions
from visitapp.vocabulary import choice_word

_FIELDS = [name for name in PositionRow.__struct_fields__ if name not in ("order", "since")]


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


def _positions(question: PortfolioQuestion) -> list[Subquery]:
    found = ranked_positions(refused_positions())
    columns = [found.c[name].label(f"position_{name}") for name in (*_FIELDS, "condition", "met")]
    columns += [
        found.c.created_at.label("position_since"),
        found.c.revision.label("position_order"),
        literal(question.today, Date).label("position_today"),
    ]
    banned = (
        select(RegulatorAction.setting_id, func.count().label("admissions_stopped"))
        .where(RegulatorAction.kind.in_(STOPS_ADMISSIONS), in_force(question.today))
        .group_by(RegulatorAction.setting_id)
        .subquery()
    )
    return [select(found.c.setting_id, *columns).where(found.c.place == 1).subquery(), banned]


def standing_of(found: Row[*tuple[Any, ...]]) -> Standing:
    """The decision in a row of the portfolio's query. Of others that met it, only that there are
    some is known: they are stood for by itself."""
    if found.position_id is None:
        return Standing(None)
    values = {name: getattr(found, f"position_{name}") for name in (*_FIELDS, "order", "since")}
    row = PositionRow(**values)
    return Standing(row, (row,) * (found.position_met - 1))


def _fields(found: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    condition, banned = found.position_condition or "", bool(found.admissions_stopped)
    where = shown(standing_of(found), condition, found.rag, found.position_today, banned=banned)
    return {
        "position": where.position.value,
        "placements": choice_word(Position, where.position),
        "placements_note": where.note,
        "placement_waits": bool(where.waits),
    }


CONTRIBUTION = Contribution(
    timeline=_timeline,
    indicators=READERS,
    portfolio=PortfolioPart(
        queries=_positions,
        fields=_fields,
        filters={
            "placement_waits": lambda row, today: row.placement_waits,
            "closed": lambda row, today: row.position == Position.CLOSED,
        },
        orders={"placements": lambda row: -RESTRICTION[Position(row.position)]},
    ),
)
