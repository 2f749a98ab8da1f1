"""Decides exactly whether an effect lifts the overall above a rank (DESIGN §5, rules 4 to 6)."""

from __future__ import annotations

from math import lcm

from forms.rating.effects import Effect, Sums, mask
from forms.rating.totals import Standing
from forms.rating.verdict import Verdict, band_rank


class Trial:
    """Tells of an effect whether it lifts the overall above `floor`.

    That is when a part is rated and every rated part is above it.
    """

    def __init__(self, standing: Standing, verdict: Verdict, floor: int) -> None:
        self._floor = floor
        self._areas_from = len(standing.plan.questions)
        self.parts = [
            PartTrial(standing, verdict, number, floor) for number in range(len(verdict.parts))
        ]

    def lifts(self, effect: Effect) -> bool:
        """Whether it does."""
        rated = False
        for part in self.parts:
            if part.places & effect.changed:
                above = part.is_above(effect)
            else:
                above = None if part.rank is None else part.rank > self._floor
            if above is False:
                return False
            rated = rated or above is True
        return rated

    def serves(self, effect: Effect) -> int:
        """What it may put right, as a mask like the `needs` of a part."""
        return effect.cleared | mask(self._areas_from + area for area in effect.sums)


class PartTrial:
    """The same for one part. `places` is the mask of its questions, `rank` what it has now.

    `needs` is a mask of all that has to be put right while anything is rated: a bit for each place
    whose limit is in the way, and above those one for each critical area that is. `least_changes`
    is how many places must change at least. The part `may_empty` when every answer that is scored
    might no longer be asked for; then it holds nothing down.
    """

    def __init__(self, standing: Standing, verdict: Verdict, number: int, floor: int) -> None:
        plan, decided = standing.plan, verdict.parts[number]
        self._standing = standing
        self._floor = floor
        self._part = plan.parts[number]
        self._ranks = verdict.ranks
        self._held_low = min(floor, plan.reds - 1)
        self._rules = [rule for rule in self._part.rules if rule.overall <= floor]
        self._allowed: dict[tuple[tuple[int, int | None], ...], bool] = {}
        self._reached: dict[tuple[int, Sums], int | None] = {}
        self.number = number
        self.rank = decided.rank
        self.places = mask(p for p in range(len(plan.questions)) if plan.part_at(p) == number)
        low = mask(place for place, cap in standing.caps.items() if cap <= floor)
        self._limited = low & self.places
        red = [area for area in decided.critical if self._holds_low(self._ranks[area])]
        self.needs = self._limited | mask(len(plan.questions) + area for area in red)
        ranks = [self._ranks[area] for area in self._part.areas]
        excess = [ranks.count(rule.areas) - rule.at_least + 1 for rule in self._rules]
        self.least_changes = max(1, self._limited.bit_count(), len(red), *excess)
        self.may_empty = not any(
            planned.condition is None and move is not None and move.gain is not None
            for place, (planned, move) in enumerate(
                zip(plan.questions, standing.moves, strict=True)
            )
            if self.places >> place & 1
        )

    def is_above(self, effect: Effect) -> bool | None:
        """Whether the effect leaves the part above the floor; None when nothing is rated."""
        gained, possible = self._standing.gained, self._standing.possible
        sums = {
            area: Sums(gained[area] + more.gained, possible[area] + more.possible)
            for area, more in effect.sums.items()
            if area in self._part.areas
        }
        if not any(
            sums[area].possible if area in sums else possible[area] for area in self._part.areas
        ):
            return None
        if self._limited & ~effect.cleared or effect.hit & self.places:
            return False
        ranks = tuple((area, self._rank(area, own)) for area, own in sums.items())
        allowed = self._allowed.get(ranks)
        if allowed is None:
            allowed = self._allowed[ranks] = self._is_allowed(dict(ranks))
        return allowed and self._percentage_is_above(sums)

    def _rank(self, area: int, sums: Sums) -> int | None:
        key = area, sums
        if key not in self._reached:
            self._reached[key] = band_rank(self._part.bands, *sums) if sums.possible else None
        return self._reached[key]

    def _is_allowed(self, changed: dict[int, int | None]) -> bool:
        """Whether critical areas and rules allow a lift, with these areas' ranks changed."""
        ranks = {area: changed.get(area, self._ranks[area]) for area in self._part.areas}
        if any(self._holds_low(ranks[area]) for area in self._part.critical):
            return False
        found = list(ranks.values())
        return not any(found.count(rule.areas) >= rule.at_least for rule in self._rules)

    def _holds_low(self, rank: int | None) -> bool:
        """Whether a critical area of this rank holds the part at the floor or below."""
        return rank is not None and rank <= self._held_low

    def _percentage_is_above(self, changed: dict[int, Sums]) -> bool:
        standing, weights = self._standing, self._standing.plan.areas
        rated = []
        for area in self._part.areas:
            gained, possible = changed.get(area) or (standing.gained[area], standing.possible[area])
            if possible:
                rated.append((weights[area], gained, possible))
        common = lcm(*(possible for _, _, possible in rated))
        total = sum(weight * gained * (common // possible) for weight, gained, possible in rated)
        whole = common * sum(weight for weight, _, _ in rated)
        return band_rank(self._part.bands, total, whole) > self._floor
