"""Tries better answers that ask no other question, by comparing a few whole numbers.

Such an answer moves the sum of its own area and its own limit, and so one part of the form: the
named result it belongs to, or the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations_with_replacement
from math import inf

from msgspec import Struct

from forms.plan import PlannedBand
from forms.standing import Standing
from forms.verdict import PartVerdict, Verdict, band_rank


class Trial:
    """Tells which answers, raised to the best value, lift the overall above `floor`.

    That is when every rated part is above it. `low` are the parts that are not yet.
    """

    def __init__(self, standing: Standing, verdict: Verdict, floor: int) -> None:
        self._plan = standing.plan
        self._unrated = verdict.overall is None
        self._parts = [
            PartTrial(standing, verdict, number, floor) for number in range(len(verdict.parts))
        ]
        self._low = [
            number
            for number, part in enumerate(verdict.parts)
            if part.rank is not None and part.rank <= floor
        ]

    def hopeless(self, changes: int) -> bool:
        """Whether one or two changes can lift nothing, whichever they are."""
        if self._unrated or len(self._low) > changes:
            return True
        each = changes if len(self._low) == 1 else 1
        return any(self._parts[number].hopeless(each) for number in self._low)

    def lifts(self, place: int) -> bool:
        """Whether the best value at one place does."""
        number = self._plan.part_at(place)
        if number is None or self._unrated or any(low != number for low in self._low):
            return False
        return self._parts[number].lifts(place)

    def may_lift(self, area: int, gain: int) -> bool:
        """Whether a gain of one area could lift its part as far as the percentage goes."""
        number = self._plan.part_of[area]
        return number is not None and self._parts[number].is_enough(area, gain)

    def pairs(self, places: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The pairs of these places that do, in form order, when no single place does."""
        if self.hopeless(2) or not self._low:
            return
        inside = [
            [place for place in places if self._plan.part_at(place) == number]
            for number in self._low
        ]
        if len(inside) == 1:
            yield from self._parts[self._low[0]].pairs(inside[0])
            return
        one, two = (
            [place for place in own if self._parts[number].lifts(place)]
            for number, own in zip(self._low, inside, strict=True)
        )
        partners = dict.fromkeys(one, two) | dict.fromkeys(two, one)
        for place in sorted(partners):
            yield from ((place, other) for other in partners[place] if other > place)


class _Shift(Struct, frozen=True):
    """What the best value at one place moves: its area's sum by `gain`, its part's by `lift`."""

    area: int
    gain: int
    lift: int


class PartTrial:
    """The same for one part: whether changes within it lift it above the floor."""

    def __init__(self, standing: Standing, verdict: Verdict, number: int, floor: int) -> None:
        plan, decided = standing.plan, verdict.parts[number]
        self._standing = standing
        self._shares = verdict.shares
        self._ranks = verdict.ranks
        self._floor = floor
        self._bands = plan.parts[number].bands
        self._missing = _missing(self._bands, decided, floor)
        self._blocking = {
            place
            for place, cap in standing.caps.items()
            if cap <= floor and plan.part_at(place) == number
        }
        self._critical = frozenset(plan.parts[number].critical)
        self._held_low = min(floor, plan.reds - 1)
        self._red = frozenset(i for i in decided.critical if self._keeps_low(i, self._ranks[i]))
        self._rules = [rule for rule in plan.rules if rule.overall <= floor]
        self._counts = [0] * len(plan.levels)
        for area in plan.parts[number].areas:
            rank = self._ranks[area]
            if rank is not None:
                self._counts[rank] += 1
        self._shifts: dict[int, _Shift | None] = {}
        self._reached: dict[tuple[int, int], int] = {}
        self._known: dict[tuple[int, ...], bool] = {}

    def hopeless(self, changes: int) -> bool:
        """Whether so few changes can lift nothing, whichever they are."""
        return (
            self._missing == inf
            or max(len(self._blocking), len(self._red)) > changes
            or any(self._counts[rule.areas] - changes >= rule.at_least for rule in self._rules)
        )

    def is_enough(self, area: int, gain: int) -> bool:
        """Whether the percentage reaches above the floor when an area gains so much."""
        return gain * self._shares[area] >= self._missing

    def lifts(self, place: int) -> bool:
        """Whether the best value at one place lifts the part."""
        shift = self._shift(place)
        if shift is None or shift.lift < self._missing or self._blocking - {place}:
            return False
        return self._allowed(shift.area, self._rank(shift.area, shift.gain))

    def pairs(self, places: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The pairs of these places that lift it, in form order, when no single place does."""
        if self._blocking:
            yield from self._pairs_with_limits(places)
            return
        partners = self._partners(places)
        for place in places:
            for other in sorted(partners.get(place, ())):
                if other > place and self._lift_both(place, other):
                    yield place, other

    def _pairs_with_limits(self, places: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Every place whose limit is in the way must be in the pair."""
        if not self._blocking <= set(places):
            return
        first, *more = sorted(self._blocking)
        for other in more or [place for place in places if place != first]:
            pair = min(first, other), max(first, other)
            if self._lift_both(*pair):
                yield pair

    def _lift_both(self, place: int, other: int) -> bool:
        one, two = self._shift(place), self._shift(other)
        if one is None or two is None or one.lift + two.lift < self._missing:
            return False
        if self._blocking - {place, other}:
            return False
        if one.area == two.area:
            return self._allowed(one.area, self._rank(one.area, one.gain + two.gain))
        ranks = self._rank(one.area, one.gain), self._rank(two.area, two.gain)
        return self._allowed(one.area, ranks[0], two.area, ranks[1])

    def _partners(self, places: Sequence[int]) -> dict[int, list[int]]:
        """For each place those that could lift the part with it.

        May name too many, never too few: places are told apart only by their area and by the rank
        they give it, of which there are few.
        """
        alike: dict[tuple[int, int], list[int]] = {}
        for place in places:
            shift = self._shift(place)
            if shift is not None:
                rank = self._rank(shift.area, shift.gain)
                if self._is_half(shift.area, rank):
                    alike.setdefault((shift.area, rank), []).append(place)
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

    def _is_half(self, area: int, rank: int) -> bool:
        """Whether it does its part: a rule that one area fewer leaves standing needs both changes
        to take an area from it."""
        now = self._ranks[area]
        return all(
            self._counts[rule.areas] - 1 < rule.at_least or now == rule.areas != rank
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
        gain = self._standing.gain(place)
        return _Shift(planned.area, gain, gain * self._shares[planned.area])

    def _rank(self, area: int, gain: int) -> int:
        """What an area is rated when its sum gains so much."""
        rank = self._reached.get((area, gain))
        if rank is None:
            standing = self._standing
            gained, possible = standing.gained[area] + gain, standing.possible[area]
            rank = self._reached[area, gain] = band_rank(self._bands, gained, possible)
        return rank

    def _allowed(self, *changes: int) -> bool:
        """Whether rules and critical areas allow a lift, with areas (place, rank) changed."""
        known = self._known.get(changes)
        if known is None:
            pairs = list(zip(changes[::2], changes[1::2], strict=True))
            known = self._known[changes] = self._critical_rise(pairs) and self._rules_yield(pairs)
        return known

    def _critical_rise(self, changes: list[tuple[int, int]]) -> bool:
        return not self._red.difference(area for area, _ in changes) and not any(
            self._keeps_low(area, rank) for area, rank in changes
        )

    def _keeps_low(self, area: int, rank: int | None) -> bool:
        """Whether a critical area of this rank holds its part at the floor or below."""
        return area in self._critical and rank is not None and rank <= self._held_low

    def _rules_yield(self, changes: list[tuple[int, int]]) -> bool:
        counts = self._counts.copy()
        for area, rank in changes:
            now = self._ranks[area]
            if now is not None:
                counts[now] -= 1
            counts[rank] += 1
        return not any(counts[rule.areas] >= rule.at_least for rule in self._rules)


def _missing(bands: tuple[PlannedBand, ...], verdict: PartVerdict, floor: int) -> int | float:
    """What the total still needs to reach a band above the floor; without end when none is."""
    above = [band for band in bands if band.rank > floor]
    if not above or not verdict.whole:
        return inf
    lowest = above[-1]
    return -(-lowest.start * verdict.whole // (100 * lowest.unit)) - verdict.total
