"""Where a visit stands: which questions are relevant, and the sums that the outcome is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from forms.conditions import Reading
from forms.judging import Answers, judge
from forms.plan import Move, Plan


class Standing:
    """The sums of one set of answers, by area: `gained` of `possible` over scored answers, `asked`
    over all that count. `caps` holds the rank of every limit that is hit, by question place."""

    __slots__ = (
        "_facts",
        "_facts_key",
        "answered",
        "asked",
        "caps",
        "gained",
        "moves",
        "plan",
        "possible",
        "readings",
        "relevant",
    )

    def __init__(self, plan: Plan, answers: Answers, facts: Mapping[str, object]) -> None:
        """Sums up. Facts that no condition reads, and answers to unknown questions, are ignored."""
        areas = len(plan.areas)
        self.plan = plan
        self._facts = facts
        self._facts_key = repr([facts.get(name) for name in plan.facts])
        self.gained = [0] * areas
        self.possible = [0] * areas
        self.asked = [0] * areas
        self.caps: dict[int, int] = {}
        self.relevant = [True] * len(plan.questions)
        judged = [judge(p.question, answers.get(p.question.id)) for p in plan.questions]
        self.readings: list[Reading | None] = [reading for reading, _ in judged]
        self.answered = [reading is not None or value is not None for reading, value in judged]
        self.moves: list[Move | None] = [
            planned.moves.get(value.value) if value is not None else None
            for planned, (_, value) in zip(plan.questions, judged, strict=True)
        ]
        for place, planned in enumerate(plan.questions):
            if planned.condition is not None and not self._holds(place):
                self.relevant[place] = False
            elif planned.weight:
                self._count(place, 1)

    def with_best(self, places: Iterable[int]) -> Standing:
        """The standing if the answers at these places had the best value of their scales.

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

    def _copy(self) -> Standing:
        other = Standing.__new__(Standing)
        for name in ("plan", "_facts", "_facts_key", "answered"):
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
        relevant = self._holds(place)
        if relevant == self.relevant[place]:
            return False
        self.relevant[place] = relevant
        self._count(place, 1 if relevant else -1)
        return True

    def _holds(self, place: int) -> bool:
        planned = self.plan.questions[place]
        assert planned.condition is not None
        readings = [self.readings[i] if self.relevant[i] else None for i in planned.reads]
        return planned.condition.holds(readings, self._facts, self._facts_key)

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
