"""The totals of a visit: which questions are relevant, and the sums that make the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from forms.format.clauses import Reading
from forms.rating.answer_values import Answer, Answers, number_of, value_of
from forms.rating.outcome import ENGINE
from forms.rating.plan import Move, Plan, PlannedQuestion


class Totals:
    """The sums of one set of answers, by area: `gained` of `possible` over scored answers, `asked`
    over all that count. `caps` holds the rank of every limit that is hit, by question place."""

    __slots__ = (
        "_facts",
        "_facts_key",
        "asked",
        "caps",
        "engine",
        "gained",
        "moves",
        "plan",
        "possible",
        "readings",
        "relevant",
    )

    def __init__(
        self, plan: Plan, answers: Answers, facts: Mapping[str, object], engine: int = ENGINE
    ) -> None:
        """Sums up. Facts that no condition reads, and answers to unknown questions, are ignored."""
        areas = len(plan.areas)
        self.plan = plan
        self.engine = engine
        self._facts = facts
        self._facts_key = repr([facts.get(name) for name in plan.facts])
        self.gained = [0] * areas
        self.possible = [0] * areas
        self.asked = [0] * areas
        self.caps: dict[int, int] = {}
        self.relevant = [True] * len(plan.questions)
        judged = [_judged(planned, answers.get(planned.id)) for planned in plan.questions]
        self.readings: list[Reading | None] = [reading for reading, _ in judged]
        self.moves: list[Move | None] = [move for _, move in judged]
        self._sum_up()

    def _sum_up(self) -> None:
        """Settles relevance and counts every question, in form order: `_count` with less ado."""
        gained, possible, asked = self.gained, self.possible, self.asked
        for place, (planned, move) in enumerate(zip(self.plan.questions, self.moves, strict=True)):
            if planned.condition is not None and not self.holds(place, self.readings_for(place)):
                self.relevant[place] = False
                continue
            area, weight = planned.area, planned.weight
            if move is None:
                asked[area] += weight
                continue
            if move.counts:
                asked[area] += weight
            if move.gain is not None:
                gained[area] += move.gain
                possible[area] += weight
            if move.cap is not None:
                self.caps[place] = move.cap

    def with_best(self, places: Iterable[int]) -> Totals:
        """What the totals would be if the answers at these places were the best of their scales.

        Relevance follows from the new answers, and so on down the form. A number, percent or sample
        changes its scale value only: a condition goes on reading the number that was recorded.
        """
        changed = self._copy()
        waiting: set[int] = set()
        for place in places:
            changed._set_best(place)
            waiting.update(self.plan.questions[place].drives)
        while waiting:
            place = min(waiting)
            waiting.remove(place)
            if changed._settle(place):
                waiting.update(self.plan.questions[place].drives)
        return changed

    def gain(self, place: int) -> int:
        """What the best value here would add to the sum of its area."""
        best, move = self.plan.questions[place].best, self.moves[place]
        return ((best.gain if best else 0) or 0) - ((move.gain if move else 0) or 0)

    def readings_for(self, place: int) -> list[Reading | None]:
        """What the condition at a place reads; None is missing."""
        relevant, readings = self.relevant, self.readings
        return [readings[i] if relevant[i] else None for i in self.plan.questions[place].reads]

    def holds(self, place: int, readings: Sequence[Reading | None]) -> bool:
        """Whether the condition at a place is true of these readings."""
        condition = self.plan.questions[place].condition
        assert condition is not None
        return condition.holds(readings, self._facts, self._facts_key)

    def _copy(self) -> Totals:
        other = Totals.__new__(Totals)
        for name in ("plan", "engine", "_facts", "_facts_key"):
            setattr(other, name, getattr(self, name))
        for name in ("gained", "possible", "asked", "moves", "readings", "relevant", "caps"):
            setattr(other, name, getattr(self, name).copy())
        return other

    def _set_best(self, place: int) -> None:
        planned = self.plan.questions[place]
        if self.relevant[place]:
            self._count(place, -1)
        self.moves[place] = planned.best
        if planned.question.type == "choice" and planned.best:
            self.readings[place] = planned.best.value
        if self.relevant[place]:
            self._count(place, 1)

    def _settle(self, place: int) -> bool:
        """Works out again whether a question is relevant; True when that changed."""
        relevant = self.holds(place, self.readings_for(place))
        if relevant == self.relevant[place]:
            return False
        self.relevant[place] = relevant
        self._count(place, 1 if relevant else -1)
        return True

    def _count(self, place: int, sign: int) -> None:
        """Adds a relevant question to the sums, or takes it away."""
        planned, move = self.plan.questions[place], self.moves[place]
        if planned.weight == 0:
            return
        if move is None or move.counts:
            self.asked[planned.area] += sign * planned.weight
        if move is None:
            return
        if move.gain is not None:
            self.gained[planned.area] += sign * move.gain
            self.possible[planned.area] += sign * planned.weight
        if move.cap is not None:
            if sign > 0:
                self.caps[place] = move.cap
            else:
                del self.caps[place]


_NOTHING = (None, None)


def _judged(planned: PlannedQuestion, answer: Answer | None) -> tuple[Reading | None, Move | None]:
    """What conditions read of an answer, and what its scale value does.

    The same as `value_of` says; the usual answers are read here with what the plan prepared.
    """
    if answer is None:
        return _NOTHING
    if type(answer) is dict and planned.chosen:
        value = answer.get("value")
        move = planned.moves.get(value) if isinstance(value, str) else None
        return (value, move) if move else _NOTHING
    number = number_of(planned.question, answer) if type(answer) is dict else None
    if number is not None:
        return number[0] / number[1], _stepped(planned, *number)
    reading, found = value_of(planned.question, answer)
    return reading, planned.moves[found.value] if found else None


def _stepped(planned: PlannedQuestion, number: int, unit: int) -> Move | None:
    for step in planned.steps:
        if number * step.unit >= step.start * unit:
            return step.move
    return None
