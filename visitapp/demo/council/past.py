"""Two years of visits that never happened: which setting was visited when, and how well it did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from msgspec import Struct

from visitapp.demo.council.council import Council, Place
from visitapp.demo.council.dice import dice_for

DAYS = 730
"""How far back the past reaches."""

_FRESH = 12
"""Days before today in which the past holds no visit: they belong to the journey."""

_LATELY = 0.4
"""The share of settings whose last visit was in the last weeks."""

_LEVELS: dict[str, Callable[[float], float]] = {
    "steady": lambda now: 0.97 + 0.02 * now,
    "improving": lambda now: 0.72 + 0.26 * now,
    "slipping": lambda now: 0.97 - 0.24 * now,
    "failing": lambda now: 0.82 - 0.32 * now,
    "mixed": lambda now: 0.87 + 0.06 * now,
}
"""How well a setting of each character does, from 0 (poor) to 1 (faultless), as time passes."""


class PastVisit(Struct, frozen=True, kw_only=True):
    """A visit of the past: where, when, and the level and weak areas its answers show."""

    place: Place
    day: date
    level: float
    weak_areas: frozenset[str]
    purpose: str
    announced: bool


def plan_past(
    council: Council, areas: tuple[str, ...], today: date, seed: int = 2026
) -> list[PastVisit]:
    """Two to four visits for each setting, earliest first. `areas` are the area ids of the form."""
    dice = dice_for(f"past {seed}")
    visits: list[PastVisit] = []
    for place in council.places:
        weak = frozenset(dice.sample(areas, 2))
        visits += _visits_to(place, weak, today, dice)
    return sorted(visits, key=lambda visit: (visit.day, visit.place.location_id))


def _visits_to(place: Place, weak: frozenset[str], today: date, dice: Random) -> list[PastVisit]:
    count = {"failing": 4, "slipping": 3}.get(place.character, dice.choice((2, 2, 3)))
    stretch = (DAYS - _FRESH) / count
    visits = []
    for turn in range(count):
        ago = round(DAYS - stretch * turn - dice.uniform(0.1, 0.9) * stretch)
        if turn == count - 1 and dice.random() < _LATELY:
            ago = dice.randint(_FRESH, 45)
        level = _LEVELS[place.character](turn / (count - 1))
        led = place.character in {"failing", "slipping"} and turn > 1
        visits.append(
            PastVisit(
                place=place,
                day=today - timedelta(days=ago),
                level=level,
                weak_areas=weak,
                purpose="risk_led" if led else "annual",
                announced=not led,
            )
        )
    return visits
