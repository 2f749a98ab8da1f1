"""What would change the outcome (DESIGN §5, rule 9).

Which single answers, raised to the best value of their scales, lift the overall; where none does,
which pairs. Bounds rule most of them out; what is left is tried exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial, reduce
from itertools import islice
from operator import or_

from forms.rating.bounds import NEVER, Bound, Bounds
from forms.rating.effects import Effect, Effects
from forms.rating.hopes import Hopes
from forms.rating.outcome import ChangedAnswer, WouldChange
from forms.rating.plan import Plan
from forms.rating.totals import Standing
from forms.rating.trial import PartTrial, Trial
from forms.rating.verdict import Verdict, decide

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

    A `steering` place may decide what else is asked. Any other changes itself only.
    """

    def __init__(self, standing: Standing, verdict: Verdict, floor: int) -> None:
        plan = standing.plan
        self._standing = standing
        self._effects = Effects(standing, floor)
        self._open = _open_places(standing)
        self._steering = {
            place: self._effects.of(place) for place in self._open if plan.questions[place].steers
        }
        self._trial = Trial(standing, verdict, floor)
        self._low = [
            (part, Bounds(standing, plan.parts[part.number], floor, self._steering.values()))
            for part in self._trial.parts
            if part.rank is not None and part.rank <= floor
        ]
        self._hopes = [
            Hopes(standing, plan.parts[part.number], floor, partial(_follows, plan))
            for part, _ in self._low
        ]
        firm = [part for part, _ in self._low if not part.may_empty]
        self._needs = reduce(or_, (part.needs for part in firm), 0)
        self._least = len(self._low) - len(firm) + sum(part.least_changes for part in firm)
        steering = self._steering if self._least > 1 else ()
        self._reach = {place: 1 + len(_follows(plan, place)) for place in steering}

    def singles(self) -> Iterator[tuple[int, ...]]:
        """Each place that lifts the overall by itself."""
        for place in self._within_reach(0):
            enough = all(self._bound(low, place).alone >= low[1].missing for low in self._low)
            if enough and self._trial.lifts(self._effects.of(place)):
                yield (place,)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Each pair that lifts it, when no single place does, in form order.

        Where one place makes the other one fall away, both do no more than the one.
        """
        places = self._within_reach(max(self._reach.values(), default=1))
        serves = {place: self._trial.serves(self._effects.of(place)) for place in places}
        columns = [
            (low[1].missing, {place: self._bound(low, place).most for place in places})
            for low in self._low
        ]
        for nth, place in enumerate(places):
            meeting = self._meeting(place)
            wanted, turned = self._needs & ~serves[place], self._effects.of(place).turned
            others = [
                other
                for other in places[nth + 1 :]
                if (serves[other] & wanted == wanted or other in meeting)
                and not turned >> other & 1
            ]
            for missing, most in columns:
                least = missing - most[place]
                others = [other for other in others if most[other] >= least or other in meeting]
            steers = place in self._steering
            for other in others:
                if (steers or other in self._steering) and not self._may_do(place, other):
                    continue
                effect = self._effects.both(place, other)
                if other in meeting and not self._is_enough(effect):
                    continue
                if self._trial.lifts(effect):
                    yield place, other

    def _may_do(self, place: int, other: int) -> bool:
        return all(hopes.may_do(place, other) for hopes in self._hopes)

    def _is_enough(self, effect: Effect) -> bool:
        return all(bounds.of_effect(effect).alone >= bounds.missing for _, bounds in self._low)

    def _within_reach(self, beside: int) -> list[int]:
        """The open places that may change enough, with so many changed beside what they do."""
        least = self._least - beside
        if least <= 1:
            return self._open
        return [place for place, reach in self._reach.items() if reach >= least]

    def _meeting(self, place: int) -> set[int]:
        """The later places that with this one do something else than each of them does."""
        effect = self._steering.get(place)
        if effect is None:
            return set()
        return {
            other
            for other, its in self._steering.items()
            if other > place and its.settled & effect.settled
        }

    def _bound(self, low: tuple[PartTrial, Bounds], place: int) -> Bound:
        part, bounds = low
        effect = self._steering.get(place)
        if effect is None:
            questions = self._standing.plan.questions
            return bounds.of_gain(questions[place].area, self._standing.gain(place))
        if effect.hit & part.places and not part.may_empty:
            return NEVER
        return bounds.of_effect(effect)


def _follows(plan: Plan, place: int) -> set[int]:
    """All places that may be asked or not as this one is answered."""
    found: set[int] = set()
    waiting = [*plan.questions[place].drives]
    while waiting:
        driven = waiting.pop()
        if driven not in found:
            found.add(driven)
            waiting += plan.questions[driven].drives
    return found


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
