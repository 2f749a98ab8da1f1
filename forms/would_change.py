"""What would change the outcome (DESIGN §5, rule 9).

Which single answers, raised to the best value of their scales, lift the overall; where none does,
which pairs. Most answers only move the sums of their own area and are tried by `forms.trial`. An
answer that decides anew whether another question is asked is tried in full.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import combinations, islice

from msgspec import Struct

from forms.outcome import ChangedAnswer, WouldChange
from forms.standing import Standing
from forms.trial import Trial
from forms.verdict import Verdict, decide, is_above

AT_MOST = 5


def would_change(standing: Standing, verdict: Verdict) -> list[WouldChange]:
    """At most five changes, in form order, each with the overall it leads to.

    Only scored answers below the best value are tried: they are the answered questions that count.
    """
    if verdict.overall is None or verdict.overall == len(standing.plan.levels) - 1:
        return []
    search = _Search(standing, verdict, verdict.overall)
    found = list(islice(search.singles(), AT_MOST)) or list(islice(search.pairs(), AT_MOST))
    return [_told(standing, places) for places in found]


def _told(standing: Standing, places: tuple[int, ...]) -> WouldChange:
    plan, overall = standing.plan, decide(standing.with_best(places)).overall
    assert overall is not None
    answers = [
        ChangedAnswer(planned.id, planned.best.value)
        for planned in (plan.questions[place] for place in places)
        if planned.best
    ]
    level = plan.levels[overall]
    return WouldChange(level.rag, answers, level.id if plan.form.levels else "")


class _Search:
    """Looks for changes that lift the overall above `floor`.

    An open place `turns` when its best value alone decides anew whether a question is asked; the
    others are `still`. `joint` are pairs of still places that one condition reads together.
    """

    def __init__(self, standing: Standing, verdict: Verdict, floor: int) -> None:
        self._standing = standing
        self._floor = floor
        self._trial = Trial(standing, verdict, floor)
        self._open = _open_places(standing)
        self._turning = [place for place in self._open if standing.turns(place)]
        turning = set(self._turning)
        self._still = [place for place in self._open if place not in turning]
        self._joint = _joint(standing, self._still)

    def singles(self) -> Iterator[tuple[int, ...]]:
        """Each place that lifts the overall by itself."""
        turning = set(self._turning)
        for place in self._turning if self._trial.hopeless(1) else self._open:
            if self._lift(place) if place in turning else self._trial.lifts(place):
                yield (place,)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Each pair that lifts it, when no single place does, in form order."""
        still = (pair for pair in self._trial.pairs(self._still) if pair not in self._joint)
        return merge(still, sorted(self._followed_through()))

    def _followed_through(self) -> Iterator[tuple[int, int]]:
        """The pairs that lift it where other questions come in or fall away."""
        yield from (pair for pair in self._joint if self._lift(*pair))
        still = _by_area(self._standing, self._still) if self._turning else []
        for place in self._turning:
            changed = self._standing.with_best((place,))
            trial = Trial(changed, decide(changed), self._floor)
            for other in self._others(place, trial, still):
                if changed.turns(other):
                    lifts = is_above(changed.with_best((other,)), self._floor)
                else:
                    lifts = trial.lifts(other)
                if lifts:
                    yield min(place, other), max(place, other)

    def _others(self, place: int, trial: Trial, still: list[_AreaPlaces]) -> Iterator[int]:
        """What may lift the overall after a turning place: of two that turn only the later."""
        yield from (other for other in self._turning if other > place)
        hopeless = trial.hopeless(1)
        for one in still:
            if not hopeless and trial.may_lift(one.area, one.gain):
                yield from one.places
            else:
                yield from one.steering

    def _lift(self, *places: int) -> bool:
        return is_above(self._standing.with_best(places), self._floor)


class _AreaPlaces(Struct, frozen=True):
    """Places of one area: the most that one of them gains, and those that steer."""

    area: int
    gain: int
    places: list[int]
    steering: list[int]


def _by_area(standing: Standing, places: list[int]) -> list[_AreaPlaces]:
    questions = standing.plan.questions
    found: dict[int, list[int]] = {}
    for place in places:
        found.setdefault(questions[place].area, []).append(place)
    return [
        _AreaPlaces(
            area,
            max(standing.gain(place) for place in own),
            own,
            [place for place in own if questions[place].steers],
        )
        for area, own in found.items()
    ]


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


def _joint(standing: Standing, places: list[int]) -> set[tuple[int, int]]:
    """Pairs of these places that steer the same question."""
    questions = standing.plan.questions
    steering = [place for place in places if questions[place].steers]
    return {
        (one, two)
        for one, two in combinations(steering, 2)
        if not set(questions[one].drives).isdisjoint(questions[two].drives)
    }
