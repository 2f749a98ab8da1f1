"""What two answers that decide together could give at most (DESIGN §5, rule 9).

Which questions such a pair brings in or takes out is known only when its conditions are run. Before
that, any of the questions that may follow is hoped to do what is best: the bad ones fall away, and
only the good ones come in. Where even that is not enough, nothing needs to be run. These are floats
that rule out by a margin far above their error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from msgspec import Struct

from forms.rating.plan import PlannedPart
from forms.rating.totals import Standing

_MARGIN = 1e-6
_NEVER_REACHED = 2.0
_NOTHING_COMES = -1.0


class _Hope(NamedTuple):
    """For one area: what may be `saved` of what is lost there, by better answers or by questions
    that fall away; the `best` share of a question that may come in; whether any may turn at all."""

    saved: int = 0
    best: float = _NOTHING_COMES
    turns: bool = False


_NONE = _Hope()


class Hopes:
    """For one part. `follows` gives the places that may be asked or not as one is answered."""

    def __init__(
        self,
        standing: Standing,
        part: PlannedPart,
        floor: int,
        follows: Callable[[int], Iterable[int]],
    ) -> None:
        plan = standing.plan
        unit = sum(plan.areas[area] for area in part.areas)
        above = [band.start / (100 * band.unit) for band in part.bands if band.rank > floor]
        target = above[-1] if above else _NEVER_REACHED
        self._standing = standing
        self._follows = follows
        self._areas = {
            area: _Area(
                plan.areas[area] / unit, target, standing.gained[area], standing.possible[area]
            )
            for area in part.areas
        }
        self._missing = -sum(area.distance for area in self._areas.values()) - _MARGIN
        self._of: dict[int, dict[int, _Hope]] = {}

    def may_do(self, one: int, other: int) -> bool:
        """Whether the best values at both places might bring the percentage above the floor."""
        first, second = self._at(one), self._at(other)
        most = 0.0
        for area in first.keys() | second.keys():
            here, there = first.get(area, _NONE), second.get(area, _NONE)
            most += self._areas[area].most(
                here.saved + there.saved, max(here.best, there.best), here.turns or there.turns
            )
        return most >= self._missing

    def _at(self, place: int) -> dict[int, _Hope]:
        if place not in self._of:
            standing, hopes = self._standing, {}
            questions = standing.plan.questions
            own = questions[place].area
            if own in self._areas:
                hopes[own] = _Hope(saved=standing.gain(place))
            for other in self._follows(place):
                move, area = standing.moves[other], questions[other].area
                if area not in self._areas or move is None or move.gain is None:
                    continue
                hopes[area] = _with(
                    hopes.get(area, _NONE),
                    move.gain,
                    questions[other].weight,
                    asked=standing.relevant[other],
                )
            self._of[place] = hopes
        return self._of[place]


def _with(hope: _Hope, gain: int, weight: int, *, asked: bool) -> _Hope:
    """The hope with one more question that may turn: what it gains, of what it weighs."""
    if asked:
        return _Hope(hope.saved + weight - gain, hope.best, True)
    return _Hope(hope.saved, max(hope.best, gain / weight), True)


class _Area(Struct, frozen=True):
    """One area: its share of the part, the share to reach, and its sums now."""

    weight: float
    target: float
    gained: int
    possible: int

    @property
    def distance(self) -> float:
        """How far it is above the target, by weight; 0 while it is unrated."""
        if not self.possible:
            return 0.0
        return self.weight * (self.gained / self.possible - self.target)

    def most(self, saved: int, best: float, turns: bool) -> float:
        """The most by which the distance grows."""
        if self.possible:
            lost = max(0, self.possible - self.gained - saved)
            best = max(best, 1 - lost / self.possible)
        reached = self.weight * (best - self.target)
        return (max(reached, 0.0) if turns else reached) - self.distance
