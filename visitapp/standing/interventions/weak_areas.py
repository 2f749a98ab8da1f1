"""The areas that the next intervention visit looks at again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.records import Rag, Visit
from visitapp.standing.visits import is_visit, stands

GREEN_TIMES = 2
"""So often must an area be Green running, at visits since, before it is left out."""

_WEAK = frozenset({Rag.RED, Rag.AMBER})


class Carried(Struct, frozen=True, kw_only=True):
    """The visit whose weak areas are carried, and the ids of those that are not Green yet."""

    visit: Visit
    areas: list[str]


def carried_areas(
    session: Session, quality_forms: Collection[str], setting_id: str, day: date
) -> Carried | None:
    """The areas that were Red or Amber at the last visit on a form that sets the quality rating,
    until they were Green twice running at visits since; of the last visit of any kind where none
    was made on such a form. None where there was no visit."""
    visits = session.scalars(
        select(Visit)
        .where(
            Visit.setting_id == setting_id,
            Visit.visited_on <= day,
            Visit.outcome.is_not(None),
            stands(Visit),
            is_visit(Visit),
        )
        .order_by(Visit.visited_on, Visit.id)
    ).all()
    if not visits:
        return None
    rated = [one for one in visits if one.form_id in quality_forms and one.form_text is None]
    base = rated[-1] if rated else visits[-1]
    weak = [name for name, rag in _areas(base).items() if rag in _WEAK]
    green = dict.fromkeys(weak, 0)
    for visit in visits[visits.index(base) + 1 :]:
        for name, rag in _areas(visit).items():
            if name in green and rag != Rag.UNRATED and green[name] < GREEN_TIMES:
                green[name] = green[name] + 1 if rag == Rag.GREEN else 0
    return Carried(visit=base, areas=[name for name in weak if green[name] < GREEN_TIMES])


def _areas(visit: Visit) -> dict[str, str]:
    """The colour of each area of a visit, in the order of its form."""
    return {area["id"]: area["rag"] for area in visit.outcome["areas"]} if visit.outcome else {}
