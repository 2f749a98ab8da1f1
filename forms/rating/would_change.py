"""What would change the outcome (docs/form-format.md, rule 9).

Each single scored answer, raised to the best value of its scale, that lifts the overall; where no
single one does, each pair. A lift needs every limit in the way to go and every part's percentage to
reach a better band. Both are exact sums over the answers that change, so they rule out nearly every
pair at the cost of a comparison; `decide` settles the rest. An answer that decides which
other questions are asked is tried by working everything out again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from forms.rating.outcome import ChangedAnswer, WouldChange
from forms.rating.plan import PlannedPart
from forms.rating.totals import Totals
from forms.rating.verdict import PartVerdict, Verdict, decide

AT_MOST = 5


def would_change(totals: Totals, verdict: Verdict) -> list[WouldChange]:
    """At most five changes, in form order, each with the overall it leads to.

    Only scored answers below the best value are tried: they are the answered questions that count.
    """
    if verdict.overall is None or verdict.overall == len(totals.plan.levels) - 1:
        return []
    search = _Search(totals, verdict, verdict.overall)
    found = list(islice(search.singles(), AT_MOST)) or list(islice(search.pairs(), AT_MOST))
    return [_described(totals, places) for places in found]


def _described(totals: Totals, places: tuple[int, ...]) -> WouldChange:
    plan, overall = totals.plan, decide(totals.with_best(places)).overall
    assert overall is not None
    answers = [
        ChangedAnswer(planned.id, planned.best.value)
        for planned in (plan.questions[place] for place in places)
        if planned.best
    ]
    level = plan.levels[overall]
    return WouldChange(level.rag, answers, level.id if plan.form.levels else "")


class _Search:
    """Looks for changes that lift the overall above the rank `floor`.

    A steering place may decide what else is asked; `plain` places change their own area only.
    """

    def __init__(self, totals: Totals, verdict: Verdict, floor: int) -> None:
        self._totals = totals
        self._floor = floor
        self._open = _open_places(totals)
        self._steering = {p for p in self._open if totals.plan.questions[p].steers}
        self._now = _Start(totals, verdict, floor)
        self._after: dict[int, _Start] = {}

    def singles(self) -> Iterator[tuple[int, ...]]:
        """Each place that lifts the overall by itself."""
        for place in self._open:
            if place not in self._steering:
                yield from self._now.lifting((), [place])
            elif self._lifts((place,)):
                yield (place,)

    def pairs(self) -> Iterator[tuple[int, ...]]:
        """Each pair that lifts it, when no single place does, in form order."""
        for nth, place in enumerate(self._open):
            later = self._open[nth + 1 :]
            plain = [other for other in later if other not in self._steering]
            if place in self._steering:
                found = {other for (other,) in self._once(place).lifting((), plain)}
            else:
                found = {other for _, other in self._now.lifting((place,), plain)}
            for other in later:
                if other in found or (other in self._steering and self._steers_up(place, other)):
                    yield place, other

    def _steers_up(self, place: int, other: int) -> bool:
        """Whether a place and a later one that steers lift the overall together."""
        if place in self._steering:
            return self._lifts((place, other))
        return any(self._once(other).lifting((), [place]))

    def _once(self, place: int) -> _Start:
        """Where the search goes on from when a steering place has its best value."""
        if place not in self._after:
            changed = self._totals.with_best((place,))
            self._after[place] = _Start(changed, decide(changed), self._floor)
        return self._after[place]

    def _lifts(self, places: tuple[int, ...]) -> bool:
        return _is_above(decide(self._totals.with_best(places)), self._floor)


class _Start:
    """Totals to change plain places from, and what a lift above `floor` asks of these places.

    `limits` are the places whose limits are in the way. `gaps` has, for each part that is rated by
    its percentage, what its total lacks to be above the floor (None: it never is) and its areas.
    """

    def __init__(self, totals: Totals, verdict: Verdict, floor: int) -> None:
        self._totals = totals
        self._verdict = verdict
        self._floor = floor
        self._limits = {
            place
            for place, cap in totals.caps.items()
            if cap <= floor
            and (number := totals.plan.part_at(place)) is not None
            and verdict.parts[number].rank is not None
        }
        self._gaps = [
            (_missing(part, found, floor), set(part.areas))
            for part, found in zip(totals.plan.parts, verdict.parts, strict=True)
            if found.band is not None
        ]
        self._known: dict[tuple[tuple[int | None, ...], ...], bool] = {}

    def lifting(self, first: tuple[int, ...], others: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Those of `others`, each after `first`, that lift the overall together with `first`."""
        wanted = self._limits - set(first)
        if len(wanted) > 1:
            return
        if wanted:
            others = [other for other in others if other in wanted]
        for missing, areas in self._gaps:
            if missing is None:
                return
            missing -= sum(self._worth(place, areas) for place in first)
            others = [other for other in others if self._worth(other, areas) >= missing]
        for other in others:
            if self._totals.relevant[other] and self._lifts((*first, other)):
                yield (*first, other)

    def _worth(self, place: int, areas: set[int]) -> int:
        area = self._totals.plan.questions[place].area
        return self._verdict.shares[area] * self._totals.gain(place) if area in areas else 0

    def _lifts(self, places: tuple[int, ...]) -> bool:
        """Whether it does. Two changes with the same effect on their areas are decided once."""
        effect = tuple(map(self._effect, places))
        if effect not in self._known:
            changed = decide(self._totals.with_best(places))
            self._known[effect] = _is_above(changed, self._floor)
        return self._known[effect]

    def _effect(self, place: int) -> tuple[int | None, ...]:
        """A place's area, what it gains, and the limits that go and come with its best value."""
        totals, planned = self._totals, self._totals.plan.questions[place]
        comes = planned.best.cap if planned.best else None
        return planned.area, totals.gain(place), totals.caps.get(place), comes


def _missing(part: PlannedPart, found: PartVerdict, floor: int) -> int | None:
    """What a part's total lacks to be above the floor; None where no band is."""
    above = [band for band in part.bands if band.rank > floor]
    if not above:
        return None
    start, unit = above[-1].start, above[-1].unit
    return -((100 * found.total * unit - start * found.whole) // (100 * unit))


def _is_above(verdict: Verdict, floor: int) -> bool:
    return verdict.overall is not None and verdict.overall > floor


def _open_places(totals: Totals) -> list[int]:
    """Places of scored answers that are below the best value of their scale."""
    return [
        place
        for place, move in enumerate(totals.moves)
        if move is not None
        and move.gain is not None
        and totals.relevant[place]
        and move is not totals.plan.questions[place].best
    ]
