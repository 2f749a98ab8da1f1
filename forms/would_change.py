"""What would change the outcome (DESIGN §5, rule 9).

Which single answers, raised to the best value of their scales, lift the overall; where none does,
which pairs. Most answers only move the sums of their own area, so a change is tried by comparing a
few whole numbers. An answer that decides whether other questions are asked is tried in full.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import combinations_with_replacement, islice
from math import inf

from msgspec import Struct

from forms.model import RAGS
from forms.outcome import ChangedAnswer, WouldChange
from forms.plan import PlannedBand
from forms.standing import Standing
from forms.verdict import RED, Verdict, band_rank, decide

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
        self._after_steering: dict[int, _Trial] = {}
        questions = standing.plan.questions
        self._open = _open_places(standing)
        self._plain = [place for place in self._open if not questions[place].steers]
        self._steering = [place for place in self._open if questions[place].steers]

    def singles(self) -> Iterator[tuple[int, ...]]:
        """Each place that lifts the overall by itself."""
        for place in self._steering if self._trial.hopeless(1) else self._open:
            if self._lifts(place) if place in self._steering else self._trial.lifts(place):
                yield (place,)

    def pairs(self) -> Iterator[tuple[int, ...]]:
        """Each pair that lifts it, when no single place does."""
        if self._trial.hopeless(2) and not self._steering:
            return
        partners = {} if self._trial.blocking else self._trial.partners(self._plain)
        for place in self._firsts():
            others = self._others(place, partners)
            for other in others[bisect_right(others, place) :]:
                if self._lift_together(place, other):
                    yield place, other

    def _firsts(self) -> list[int]:
        """The places a pair can begin with: where two limits are in the way, only those two."""
        if self._steering or len(self._trial.blocking) < 2:
            return self._open
        return [place for place in self._open if place in self._trial.blocking]

    def _others(self, place: int, partners: dict[int, list[int]]) -> list[int]:
        """The places that could lift the overall together with this one, in form order."""
        if place in self._steering or self._trial.blocking == {place}:
            return self._open
        in_the_way = self._trial.blocking - {place}
        if not in_the_way:
            return sorted([*self._steering, *partners.get(place, ())])
        if len(in_the_way) == 1 and in_the_way <= set(self._plain):
            return sorted([*self._steering, *in_the_way])
        return self._steering

    def _lift_together(self, place: int, other: int) -> bool:
        if place in self._steering and other in self._steering:
            return self._lifts(place, other)
        if place in self._steering:
            return self._after(place).lifts(other)
        if other in self._steering:
            return self._after(other).lifts(place)
        return self._trial.lift_both(place, other)

    def _lifts(self, *places: int) -> bool:
        overall = decide(self._standing.with_best(places)).overall
        return overall is not None and overall > self._floor

    def _after(self, place: int) -> _Trial:
        """The trial from where a steering answer already has its best value."""
        if place not in self._after_steering:
            changed = self._standing.with_best((place,))
            self._after_steering[place] = _Trial(changed, decide(changed), self._floor)
        return self._after_steering[place]


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


class _Shift(Struct, frozen=True):
    """What the best value at one place moves: its area's sum by `gain`, to `rank` when it moves
    alone, and the form's total by `lift`."""

    area: int
    rank: int
    gain: int
    lift: int


class _Trial:
    """Tries changes that touch nothing but their own area's sum and their own limit."""

    def __init__(self, standing: Standing, verdict: Verdict, floor: int) -> None:
        self.blocking = {place for place, cap in standing.caps.items() if cap <= floor}
        self._standing = standing
        self._verdict = verdict
        self._floor = floor
        self._missing = _missing(standing.plan.bands, verdict, floor)
        self._shifts: dict[int, _Shift | None] = {}
        self._known: dict[tuple[int, ...], bool] = {}
        self._counts = [verdict.ranks.count(rank) for rank in range(len(RAGS))]
        self._red = frozenset(verdict.critical)
        self._rules = [rule for rule in standing.plan.rules if rule.overall <= floor]

    def hopeless(self, changes: int) -> bool:
        """Whether so few changes can lift nothing, whichever they are."""
        return (
            self._missing == inf
            or max(len(self.blocking), len(self._red)) > changes
            or any(self._counts[rule.areas] - changes >= rule.at_least for rule in self._rules)
        )

    def lifts(self, place: int) -> bool:
        """Whether the best value at one place lifts the overall above the floor."""
        shift = self._shift(place)
        if shift is None or shift.lift < self._missing or self.blocking - {place}:
            return False
        return self._allowed(shift.area, shift.rank)

    def lift_both(self, place: int, other: int) -> bool:
        """Whether the best values at two places together do."""
        one, two = self._shift(place), self._shift(other)
        if one is None or two is None or one.lift + two.lift < self._missing:
            return False
        if self.blocking and self.blocking - {place, other}:
            return False
        if one.area == two.area:
            return self._allowed(one.area, self._rank(one.area, one.gain + two.gain))
        return self._allowed(one.area, one.rank, two.area, two.rank)

    def partners(self, places: list[int]) -> dict[int, list[int]]:
        """For each place those that could lift the overall with it.

        May name too many, never too few: places are told apart only by their area and by the rank
        they give it, of which there are few.
        """
        alike: dict[tuple[int, int], list[int]] = {}
        for place in places:
            shift = self._shift(place)
            if shift is not None and self._is_half(shift):
                alike.setdefault((shift.area, shift.rank), []).append(place)
        most = {key: max(self._lift(place) for place in alike[key]) for key in alike}
        found: dict[int, list[int]] = {}
        for one, two in combinations_with_replacement(alike, 2):
            if most[one] + most[two] < self._missing or self._red - {one[0], two[0]}:
                continue
            if one[0] == two[0] or self._allowed(*one, *two):
                for key, partner in {(one, two), (two, one)}:
                    for place in alike[key]:
                        found.setdefault(place, []).extend(alike[partner])
        return found

    def _is_half(self, shift: _Shift) -> bool:
        """Whether it does its part: a rule that one area fewer leaves standing needs both changes
        to take an area from it."""
        now = self._verdict.ranks[shift.area]
        return all(
            self._counts[rule.areas] - 1 < rule.at_least or now == rule.areas != shift.rank
            for rule in self._rules
        )

    def _lift(self, place: int) -> int:
        shift = self._shift(place)
        return shift.lift if shift else 0

    def _shift(self, place: int) -> _Shift | None:
        """None when the question does not count here, or its best value is itself limited."""
        if place not in self._shifts:
            self._shifts[place] = self._make_shift(place)
        return self._shifts[place]

    def _make_shift(self, place: int) -> _Shift | None:
        planned, move = self._standing.plan.questions[place], self._standing.moves[place]
        best = planned.best
        if not self._standing.relevant[place] or move is None or best is None:
            return None
        if best.cap is not None and best.cap <= self._floor:
            return None
        gain = (best.gain or 0) - (move.gain or 0)
        lift = gain * self._verdict.shares[planned.area]
        return _Shift(planned.area, self._rank(planned.area, gain), gain, lift)

    def _rank(self, area: int, gain: int) -> int:
        standing = self._standing
        gained, possible = standing.gained[area] + gain, standing.possible[area]
        return band_rank(standing.plan.bands, gained, possible)

    def _allowed(self, *changes: int) -> bool:
        """Whether rules and critical areas allow a lift, with areas (place, rank) changed."""
        known = self._known.get(changes)
        if known is None:
            pairs = list(zip(changes[::2], changes[1::2], strict=True))
            known = self._known[changes] = self._critical_rise(pairs) and self._rules_yield(pairs)
        return known

    def _critical_rise(self, changes: list[tuple[int, int]]) -> bool:
        critical = self._standing.plan.critical
        return not self._red.difference(area for area, _ in changes) and not any(
            rank == RED and area in critical for area, rank in changes
        )

    def _rules_yield(self, changes: list[tuple[int, int]]) -> bool:
        counts = self._counts.copy()
        for area, rank in changes:
            now = self._verdict.ranks[area]
            if now is not None:
                counts[now] -= 1
            counts[rank] += 1
        return not any(counts[rule.areas] >= rule.at_least for rule in self._rules)


def _missing(bands: tuple[PlannedBand, ...], verdict: Verdict, floor: int) -> int | float:
    """What the total still needs to reach a band above the floor; without end when none is."""
    above = [band for band in bands if band.rank > floor]
    if not above or not verdict.whole:
        return inf
    lowest = above[-1]
    return -(-lowest.start * verdict.whole // (100 * lowest.unit)) - verdict.total
