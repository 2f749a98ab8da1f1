"""What better answers give at most, so that few of them need to be tried (DESIGN §5, rule 9).

A part's percentage is above the floor when the distances of its rated areas from the lowest band
that is, by weight, add up to 0 or more. That sum is additive over areas, and within an area nearly
so: every answer has a most that it gives, and two give no more than both. These are floats. They
only rule out, by a margin far above their error; `forms.rating.trial` decides exactly.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from msgspec import Struct

from forms.rating.effects import Effect, Sums
from forms.rating.plan import PlannedPart
from forms.rating.totals import Standing

_MARGIN = 1e-6
_NEVER_REACHED = 2.0


class Bound(NamedTuple):
    """The distance that a change gives `alone`, and at `most` beside another."""

    alone: float
    most: float


class Bounds:
    """For one part, which lacks the distance `missing`. `moving` are the effects on `possible`."""

    def __init__(
        self, standing: Standing, part: PlannedPart, floor: int, moving: Collection[Effect]
    ) -> None:
        plan = standing.plan
        unit = sum(plan.areas[area] for area in part.areas)
        above = [band.start / (100 * band.unit) for band in part.bands if band.rank > floor]
        target = above[-1] if above else _NEVER_REACHED
        self._areas = {
            area: _area_bound(standing, area, plan.areas[area] / unit, target, moving)
            for area in part.areas
        }
        self.missing = -sum(area.distance for area in self._areas.values()) - _MARGIN

    def of_gain(self, area: int, gain: int) -> Bound:
        """The bound of a gain in one area; nothing where the area is of another part."""
        own = self._areas.get(area)
        return own.of_gain(gain) if own else _NONE

    def of_effect(self, effect: Effect) -> Bound:
        """The bound of an effect."""
        alone = most = 0.0
        for area, moved in effect.sums.items():
            own = self._areas.get(area)
            if own:
                alone += own.alone(moved)
                most += own.most(moved)
        return Bound(alone, most)


_NONE = Bound(0.0, 0.0)
NEVER = Bound(float("-inf"), float("-inf"))


class _AreaBound(Struct, frozen=True):
    """One area: its sums now, its `distance` (0 while it is unrated) and the `full` one at best.

    `least` and `greatest` are what `possible` could become when two places change.
    """

    weight: float
    target: float
    gained: int
    possible: int
    distance: float
    full: float
    least: int
    greatest: int

    def of_gain(self, gain: int) -> Bound:
        if self.least <= 0:
            return Bound(self.alone(Sums(gain, 0)), self.full - self.distance)
        more = self.weight * gain
        return Bound(more / self.possible, more / self.least)

    def alone(self, moved: Sums) -> float:
        possible = self.possible + moved.possible
        if not possible:
            return -self.distance
        ratio = (self.gained + moved.gained) / possible
        return self.weight * (ratio - self.target) - self.distance

    def most(self, moved: Sums) -> float:
        if self.least <= 0:
            return self.full - self.distance
        above = moved.gained - moved.possible * self.gained / self.possible
        return self.weight * above / (self.least if above > 0 else self.greatest)


def _area_bound(
    standing: Standing, area: int, weight: float, target: float, moving: Collection[Effect]
) -> _AreaBound:
    gained, possible = standing.gained[area], standing.possible[area]
    moved = sorted(effect.sums[area].possible for effect in moving if area in effect.sums)
    return _AreaBound(
        weight=weight,
        target=target,
        gained=gained,
        possible=possible,
        distance=weight * (gained / possible - target) if possible else 0.0,
        full=max(0.0, weight * (1 - target)),
        least=possible + sum(more for more in moved[:2] if more < 0),
        greatest=possible + sum(more for more in moved[-2:] if more > 0),
    )
