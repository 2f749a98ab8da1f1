"""Invented answers to any visit form: how well a setting does decides how they fall."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from random import Random
from typing import Any

from forms.model import Form, Question, ScaleValue
from forms.rating.answers import relevant_questions

Answer = dict[str, Any]
Answers = dict[str, Answer]

_WEAKER = 0.12
"""What a weak area takes off a setting's level."""

_LIMITED = 0.45
"""How much rarer a shortfall is where one alone caps the outcome."""

_PRAISE = "Seen on the day and talked through with the manager, who agreed it."
_NOTES = (
    "Two of the records looked at were out of date; the deputy had already started on them.",
    "Staff on shift gave different accounts. The manager will brief everybody at handover.",
    "Better in the ground-floor unit than upstairs, where a new senior began last month.",
    "The policy is clear but the practice has not caught up with it yet.",
    "Found in the sample of SU2, SU5 and SU7; the other records were complete.",
    "In place on the first floor. Nobody could show it for the annexe.",
    "Done until July, then not again before our visit.",
    "The night staff did not know of it; the day staff did.",
    "Two of the people we asked had never heard of it.",
    "Written down well, but not what we saw at teatime.",
    "The form is there, signed and dated, and not filled in.",
    "Relatives told us otherwise, and the records bear them out.",
    "Agency staff had not been shown it before their first shift.",
    "The manager had found this already; the date to mend it has passed.",
    "Seen for five people out of seven. The other two came in October.",
    "It depends on who is on shift.",
    "Kept in three places that do not agree with each other.",
)
_EXPLANATIONS = (
    "The record was with the auditor on the day.",
    "The member of staff who holds it was away.",
)
_SAMPLED = (
    "SU1 came in August. SU2 fell twice. SU3 is losing weight. SU4 is in distress. SU5 seems well.",
    "SU1 and SU4 by chance, SU7 after a hospital stay, SU9 for skin, SU12 as the newest arrival.",
)
_WORDS = (
    "People spoke warmly of the staff and asked for more to do at weekends.",
    "Lunch was unhurried and the dining room was calm.",
    "Relatives know whom to ask, and say that they hear back.",
)


class Pen:
    """Writes the answers of one visit: `level` is from 0 (poor) to 1 (faultless)."""

    def __init__(self, dice: Random, level: float, weak_areas: frozenset[str]) -> None:
        self._dice = dice
        self._level = level
        self._weak = weak_areas
        self._notes: list[str] = []

    def fill(self, form: Form, facts: Mapping[str, Any]) -> Answers:
        """An answer for every question of `form` that applies in a setting with these `facts`."""
        answers = {
            question.id: self._answer(question, form.area_of[question.id].id)
            for question in form.questions.values()
        }
        while True:
            relevant = relevant_questions(form, answers, facts)
            kept = {name: answer for name, answer in answers.items() if name in relevant}
            if len(kept) == len(answers):
                return kept
            answers = kept

    def _answer(self, question: Question, area: str) -> Answer:
        if question.type == "text":
            words = _SAMPLED if "sample" in question.ask else _WORDS
            return {"value": self._dice.choice(words)}
        if question.type == "date":
            return {"value": f"2026-{self._dice.randint(1, 9):02d}-15"}
        if question.type == "people":
            groups = (
                ("people", 3, 8),
                ("relatives", 1, 4),
                ("staff", 3, 6),
                ("professionals", 0, 2),
            )
            return {"value": {name: self._dice.randint(low, high) for name, low, high in groups}}
        if question.scale is None:
            return {"value": self._dice.randint(0, 6)}
        wanted = self._wanted(question, area)
        if question.type == "choice":
            return self._choice(question, wanted)
        return self._measure(question, wanted)

    def _wanted(self, question: Question, area: str) -> ScaleValue:
        """The value of the scale that this answer should come to."""
        assert question.scale is not None
        level = self._level - (_WEAKER if area in self._weak else 0)
        shortfall = (1 - level) * (_LIMITED if question.limits else 1)
        within_reach = {band.result for band in question.bands} or set(question.scale.by_value)
        scored = [
            value
            for value in question.scale.values
            if value.score is not None and value.value in within_reach
        ]
        if not scored:
            return self._dice.choice(question.scale.values)
        scored.sort(key=lambda value: value.score or 0, reverse=True)
        if self._dice.random() >= shortfall or len(scored) == 1:
            return scored[0]
        middle = len(scored) > 2 and self._dice.random() > shortfall
        return scored[1] if middle else scored[-1]

    def _choice(self, question: Question, wanted: ScaleValue) -> Answer:
        assert question.scale is not None
        aside = [value for value in question.scale.values if value.unchecked]
        if aside and self._dice.random() < 0.03:
            return {
                "value": self._dice.choice(aside).value,
                "reason": self._dice.choice(_EXPLANATIONS),
            }
        answer: Answer = {"value": wanted.value}
        short = wanted is not question.scale.best
        if short or self._dice.random() < 0.12:
            answer["note"] = self._note() if short else _PRAISE
        return answer

    def _measure(self, question: Question, wanted: ScaleValue) -> Answer:
        """A number, percentage or sample that the question's bands turn into `wanted`."""
        if question.type == "sample":
            answer: Answer = self._sample(question, wanted.value)
        else:
            answer = {"value": self._within(question, wanted.value)}
        if question.scale is not None and wanted is not question.scale.best:
            answer["note"] = self._note()
        return answer

    def _note(self) -> str:
        """A note about what falls short; none comes again before all were used."""
        if not self._notes:
            self._notes = self._dice.sample(_NOTES, len(_NOTES))
        return self._notes.pop()

    def _sample(self, question: Question, value: str) -> Answer:
        """A sample that comes to `value`, or a faultless one when no such sample exists."""
        checked = self._dice.randint(4, 8)
        fitting = [
            met
            for met in range(checked + 1)
            if _banded(question, Fraction(100 * met, checked)) == value
        ]
        return {"checked": checked, "met": self._dice.choice(fitting or [checked])}

    def _within(self, question: Question, value: str) -> int:
        """A whole number inside the band of `value`."""
        start = next(band.start for band in question.bands if band.result == value)
        above = [band.start for band in question.bands if band.start > start]
        highest = 100 if question.type == "percent" else ceil(start) + 5
        return self._dice.randint(ceil(start), ceil(min(above)) - 1 if above else highest)


def _banded(question: Question, amount: Fraction) -> str:
    reached = [band for band in question.bands if band.start <= amount]
    return max(reached, key=lambda band: band.start).result
