"""What would change the outcome (DESIGN §5, rule 9).

Which single answers, raised to the best value of their scales, lift the overall; where none does,
which pairs. Most answers only move the sums of their own area, so a change is tried by comparing a
few whole numbers. An answer that decides whether other questions are asked is tried in full.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import combinations, islice

from forms.model import RAGS
from forms.outcome import ChangedAnswer, WouldChange
from forms.plan import PlannedBand
from forms.standing import Standing
from forms.verdict import RED, Verdict, band_rank, decide, held_rules

AT_MOST = 5


def would_change(standing: Standing, verdict: Verdict) -> list[WouldChange]:
    """At most five changes, in form order, each with the overall it leads to.

    Only scored answers below the best value are tried: they are the answered questions that count.
    """
    if verdict.overall is None or verdict.overall == len(RAGS) - 1:
        return []
    search = _Search(standing, verdict, verdict.overall)
    found = list(islice(search.singles(), AT_MOST)) or list(islice(search.pairs(), AT_MOST))
    return [_told(standing, places) for places in found]


def _told(standing: Standing, places: tuple[int, ...]) -> WouldChange:
    overall = decide(standing.with_best(places)).overall
    answers = []
    for place in places:
        planned = standing.plan.questions[place]
        if planned.best:
            answers.append(ChangedAnswer(planned.question.id, planned.best.value))
    return WouldChange("unrated" if overall is None else RAGS[overall], answers)


class _Search:
    """Looks for changes that lift the overall above `floor`."""

    def __init__(self, standing: Standing, verdict: Verdict, floor: int) -> None:
        self._standing = standing
        self._floor = floor
        self._trial = _Trial(standing, verdict, floor)
        self._drivers: dict[int, _Trial] = {}
        questions = standing.plan.questions
        self._open = _open_places(standing)
        self._plain = [place for place in self._open if not questions[place].drives]
        self._driving = frozenset(self._open) - frozenset(self._plain)

    def singles(self) -> Iterator[tuple[int, ...]]:
        """Each place that lifts the overall by itself."""
        for place in self._open:
            if place in self._driving:
                if self._lifts(place):
                    yield (place,)
            elif self._trial.lifts(place):
                yield (place,)

    def pairs(self) -> Iterator[tuple[int, ...]]:
        """Each pair that lifts it, when no single place does."""
        together = self._trial.area_pairs(self._plain)
        if not (together or self._driving):
            return
        partners = {
            area: sorted([*self._driving, *(p for p in self._plain if self._area(p) in others)])
            for area, others in together.items()
        }
        for place in self._open:
            others = self._others(place, partners)
            for other in others[bisect_right(others, place) :]:
                if self._lift_together(place, other):
                    yield place, other

    def _others(self, place: int, partners: dict[int, list[int]]) -> list[int]:
        """The places that could lift the overall together with this one, in form order."""
        if place in self._driving:
            return self._open
        in_the_way = self._trial.blocking - {place}
        if not in_the_way:
            return partners.get(self._area(place)) or sorted(self._driving)
        if len(in_the_way) == 1 and in_the_way <= set(self._plain):
            return sorted(self._driving | in_the_way)
        return sorted(self._driving)

    def _lift_together(self, place: int, other: int) -> bool:
        if place in self._driving and other in self._driving:
            return self._lifts(place, other)
        if place in self._driving:
            return self._after(place).lifts(other)
        if other in self._driving:
            return self._after(other).lifts(place)
        return self._trial.lift_both(place, other)

    def _lifts(self, *places: int) -> bool:
        overall = decide(self._standing.with_best(places)).overall
        return overall is not None and overall > self._floor

    def _after(self, driver: int) -> _Trial:
        """The trial from where a driving answer already has its best value."""
        if driver not in self._drivers:
            changed = self._standing.with_best((driver,))
            self._drivers[driver] = _Trial(changed, decide(changed), self._floor)
        return self._drivers[driver]

    def _area(self, place: int) -> int:
        return self._standing.plan.questions[place].area


def _open_places(standing: Standing) -> list[int]:
    """Places of scored answers that are below the best value of their scale."""
    return [
        place
        for place, move in enumerate(standing.moves)
        if move is not None
        and move.gain is not None
        and standing.relevant[place]
        and move is not standing.plan.questions[place].best
    ]


class _Trial:
    """Tries changes that touch nothing but their own area's sum and their own limit."""

    def __init__(self, standing: Standing, verdict: Verdict, floor: int) -> None:
        self._standing = standing
        self._verdict = verdict
        self._floor = floor
        self.blocking = {place for place, cap in standing.caps.items() if cap <= floor}
        self._needed = _needed(standing.plan.bands, verdict, floor)
        self._known: dict[tuple[int, ...], bool] = {}

    def lifts(self, place: int) -> bool:
        """Whether the best value at one place lifts the overall above the floor."""
        if self._needed is None or self.blocking - {place} or not self._may_rise(place):
            return False
        area, gain = self._gain(place)
        if self._verdict.total + gain * self._verdict.shares[area] < self._needed:
            return False
        return self._allowed(area, self._rank(area, gain))

    def lift_both(self, place: int, other: int) -> bool:
        """Whether the best values at two places together do."""
        if self._needed is None or self.blocking - {place, other}:
            return False
        if not (self._may_rise(place) and self._may_rise(other)):
            return False
        (area, gain), (area_2, gain_2) = self._gain(place), self._gain(other)
        shares = self._verdict.shares
        if self._verdict.total + gain * shares[area] + gain_2 * shares[area_2] < self._needed:
            return False
        if area == area_2:
            return self._allowed(area, self._rank(area, gain + gain_2))
        return self._allowed(area, self._rank(area, gain), area_2, self._rank(area_2, gain_2))

    def area_pairs(self, places: list[int]) -> dict[int, set[int]]:
        """For each area the areas in which a second change could lift the overall with it.

        May hold too many pairs, never too few: each is then tried question by question.
        """
        if self._needed is None or len(self.blocking) > 2:
            return {}
        gains: dict[int, list[int]] = {}
        for place in places:
            area, gain = self._gain(place)
            gains.setdefault(area, []).append(gain)
        together: dict[int, set[int]] = {}
        for area in gains:
            if self._could_alone(area, sorted(gains[area])):
                together.setdefault(area, set()).add(area)
        for area, other in combinations(gains, 2):
            if self._could_both(area, gains[area], other, gains[other]):
                together.setdefault(area, set()).add(other)
                together.setdefault(other, set()).add(area)
        return together

    def _could_alone(self, area: int, gains: list[int]) -> bool:
        if len(gains) < 2:
            return False
        least, most = sum(gains[:2]), sum(gains[-2:])
        if not self._enough(most * self._verdict.shares[area]):
            return False
        ranks = range(self._rank(area, least), self._rank(area, most) + 1)
        return any(self._allowed(area, rank) for rank in ranks)

    def _could_both(self, area: int, gains: list[int], other: int, gains_2: list[int]) -> bool:
        shares = self._verdict.shares
        if not self._enough(max(gains) * shares[area] + max(gains_2) * shares[other]):
            return False
        ranks = {self._rank(area, gain) for gain in gains}
        ranks_2 = {self._rank(other, gain) for gain in gains_2}
        return any(self._allowed(area, r, other, r_2) for r in ranks for r_2 in ranks_2)

    def _enough(self, gain: int) -> bool:
        return self._needed is not None and self._verdict.total + gain >= self._needed

    def _may_rise(self, place: int) -> bool:
        """Whether the question counts here, and its best value is not itself limited."""
        best = self._standing.plan.questions[place].best
        if not self._standing.relevant[place] or best is None:
            return False
        return best.cap is None or best.cap > self._floor

    def _gain(self, place: int) -> tuple[int, int]:
        planned, move = self._standing.plan.questions[place], self._standing.moves[place]
        now = move.gain if move and move.gain is not None else 0
        best = planned.best.gain if planned.best and planned.best.gain is not None else 0
        return planned.area, best - now

    def _rank(self, area: int, gain: int) -> int:
        standing = self._standing
        gained, possible = standing.gained[area] + gain, standing.possible[area]
        return band_rank(standing.plan.bands, gained, possible)

    def _allowed(self, *changes: int) -> bool:
        """Whether rules and critical areas allow a lift, with areas (place, rank) changed."""
        known = self._known.get(changes)
        if known is None:
            ranks = list(self._verdict.ranks)
            for area, rank in zip(changes[::2], changes[1::2], strict=True):
                ranks[area] = rank
            plan = self._standing.plan
            known = not any(ranks[i] == RED for i in plan.critical) and all(
                held.rule.overall > self._floor for held in held_rules(plan.rules, ranks)
            )
            self._known[changes] = known
        return known


def _needed(bands: tuple[PlannedBand, ...], verdict: Verdict, floor: int) -> int | None:
    """The least total whose band is above the floor; None when no band is."""
    above = [band for band in bands if band.rank > floor]
    if not above or not verdict.whole:
        return None
    lowest = above[-1]
    return -(-lowest.start * verdict.whole // (100 * lowest.unit))
