"""A form prepared for rating: conditions compiled, weights and scores as whole numbers.

All question weights are multiplied by one number and all scores by another, so that every sum of
the rating is a whole number and exactly equivalent to fractions. Levels (or colours) are ranks,
worst first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

from msgspec import Struct

from forms.format.conditions import Condition
from forms.levels import levels_of
from forms.model import FIGURES, NOT_KNOWN, Band, Form, Level, NamedResult, OverallRule, Question


class Move(Struct, frozen=True):
    """What one scale value does: `gain` is weight times score, None when it has no score.

    `counts` is false when it leaves the calculation; `cap` is the rank its limit allows. A question
    that cannot count has moves that only name the value.
    """

    value: str
    gain: int | None
    counts: bool
    cap: int | None


class Step(Struct, frozen=True):
    """A question's band: its move, from the number `start / unit` up."""

    start: int
    unit: int
    move: Move


class PlannedQuestion(Struct, frozen=True, kw_only=True):
    """One question. `area` and `reads` are places in the plan; `weight` is 0 when it cannot count.

    It is `chosen` when its type is choice: then the answer's value is itself a key of `moves`.
    `steps`, the highest first, turn a number into a move.
    `drives` are the places of later questions whose condition reads this one. It `steers` when a
    change to its best value can decide whether they are asked: only a choice is then read anew.
    """

    id: str
    chosen: bool
    question: Question
    area: int
    weight: int
    moves: Mapping[str, Move]
    steps: tuple[Step, ...]
    best: Move | None
    condition: Condition | None
    reads: tuple[int, ...]
    drives: tuple[int, ...]
    steers: bool


class PlannedBand(Struct, frozen=True):
    """A rank, from the percentage `start / unit` up."""

    rank: int
    start: int
    unit: int


class PlannedRule(Struct, frozen=True):
    """`at_least` areas of rank `areas` give at best `overall`."""

    areas: int
    at_least: int
    overall: int


class PlannedPart(Struct, frozen=True, kw_only=True):
    """What is rated by itself: a named result, or the whole form.

    `areas` are places in the plan, `critical` those of them that are; `bands` go from the highest
    down. `rules` count these areas only.
    """

    result: NamedResult | None
    areas: tuple[int, ...]
    critical: tuple[int, ...]
    bands: tuple[PlannedBand, ...]
    rules: tuple[PlannedRule, ...]


class Plan(Struct, frozen=True, kw_only=True):
    """A form ready to rate. `areas` holds their weights.

    `levels` go from the worst up, so that a rank is a place in it; ranks below `reds` are Red.
    `part_of` is the place of each area's part; an area in no result has none, and nothing counts
    in it.
    """

    form: Form
    questions: tuple[PlannedQuestion, ...]
    areas: tuple[int, ...]
    levels: tuple[Level, ...]
    reds: int
    parts: tuple[PlannedPart, ...]
    part_of: tuple[int | None, ...]
    facts: tuple[str, ...]

    def part_at(self, place: int) -> int | None:
        """The part of the question at a place."""
        return self.part_of[self.questions[place].area]


def plan_of(form: Form) -> Plan:
    """The plan of a form, made once and kept with it. `form` must have been checked."""
    kept = form.__dict__.get("plan")
    if isinstance(kept, Plan):
        return kept
    plan = form.__dict__["plan"] = make_plan(form)
    return plan


def make_plan(form: Form) -> Plan:
    """Compiles a checked form. Raises ConditionError for a condition that check would refuse."""
    conditions = _conditions(form)
    levels = tuple(reversed(levels_of(form)))
    ranks = {level.id: rank for rank, level in enumerate(levels)}
    parts = _parts(form, ranks)
    places = {place: number for number, part in enumerate(parts) for place in part.areas}
    return Plan(
        form=form,
        questions=_questions(form, conditions, ranks),
        areas=_whole([area.weight for area in form.areas]),
        levels=levels,
        reds=sum(level.rag == "red" for level in levels),
        parts=parts,
        part_of=tuple(places.get(place) for place in range(len(form.areas))),
        facts=tuple(sorted({name for c in conditions.values() for name in c.setting})),
    )


def _conditions(form: Form) -> dict[str, Condition]:
    """One compiled condition for each different source."""
    sources = {question.relevant for question in form.questions.values() if question.relevant}
    return {source: Condition(source) for source in sorted(sources)}


def _parts(form: Form, ranks: Mapping[str, int]) -> tuple[PlannedPart, ...]:
    every = tuple(range(len(form.areas)))
    if not form.results:
        return (_part(form, None, every, form.bands, form.rules, ranks),)
    return tuple(
        _part(
            form,
            result,
            tuple(place for place in every if form.areas[place].id in result.areas),
            result.bands,
            result.rules,
            ranks,
        )
        for result in form.results
    )


def _part(
    form: Form,
    result: NamedResult | None,
    areas: tuple[int, ...],
    bands: tuple[Band, ...],
    rules: tuple[OverallRule, ...],
    ranks: Mapping[str, int],
) -> PlannedPart:
    return PlannedPart(
        result=result,
        areas=areas,
        critical=tuple(place for place in areas if form.areas[place].critical),
        bands=tuple(
            PlannedBand(ranks[band.result], band.start.numerator, band.start.denominator)
            for band in bands
        ),
        rules=tuple(
            PlannedRule(ranks[rule.areas], rule.at_least, ranks[rule.overall]) for rule in rules
        ),
    )


def _questions(
    form: Form, conditions: Mapping[str, Condition], ranks: Mapping[str, int]
) -> tuple[PlannedQuestion, ...]:
    places = {name: place for place, name in enumerate(form.questions)}
    weights = _whole([question.weight for question in form.questions.values()])
    unit = lcm(*(score.denominator for score in _scores(form)))
    readers = _readers(form, conditions, places)
    planned = []
    for area_place, area in enumerate(form.areas):
        for question in area.questions:
            place = places[question.id]
            weight = weights[place] * unit if question.scale else 0
            condition = conditions[question.relevant] if question.relevant else None
            moves = _moves(question, weight, ranks)
            best = question.scale.best if question.scale else None
            planned.append(
                PlannedQuestion(
                    id=question.id,
                    chosen=question.type == "choice",
                    question=question,
                    area=area_place,
                    weight=weight,
                    moves=moves,
                    steps=_steps(question, moves),
                    best=moves[best.value] if best and weight else None,
                    condition=condition,
                    reads=tuple(places[name] for name in condition.answers) if condition else (),
                    drives=readers.get(place, ()),
                    steers=question.type == "choice" and place in readers,
                )
            )
    return tuple(planned)


def _readers(
    form: Form, conditions: Mapping[str, Condition], places: Mapping[str, int]
) -> dict[int, tuple[int, ...]]:
    """For each place the later places whose condition reads it."""
    readers: dict[int, tuple[int, ...]] = {}
    for question in form.questions.values():
        for name in conditions[question.relevant].answers if question.relevant else ():
            readers[places[name]] = (*readers.get(places[name], ()), places[question.id])
    return readers


def _moves(question: Question, weight: int, ranks: Mapping[str, int]) -> dict[str, Move]:
    values = question.scale.values if question.scale else ()
    if question.type in FIGURES and NOT_KNOWN.value not in {value.value for value in values}:
        values = (*values, NOT_KNOWN)
    if weight == 0:
        return {value.value: Move(value.value, None, False, None) for value in values}
    moves = {}
    for value in values:
        limit = question.limits.get(value.value)
        gain = None if value.score is None else value.score * weight
        assert gain is None or gain.denominator == 1
        moves[value.value] = Move(
            value=value.value,
            gain=None if gain is None else gain.numerator,
            counts=not value.excluded,
            cap=None if limit is None else ranks[limit],
        )
    return moves


def _steps(question: Question, moves: Mapping[str, Move]) -> tuple[Step, ...]:
    if question.scale is None:
        return ()
    return tuple(Step(*b.start.as_integer_ratio(), moves[b.result]) for b in question.bands)


def _scores(form: Form) -> list[Fraction]:
    scales = {q.scale.id: q.scale for q in form.questions.values() if q.scale}
    return [value.score for s in scales.values() for value in s.values if value.score is not None]


def _whole(numbers: Sequence[Fraction]) -> tuple[int, ...]:
    """The numbers times their least common denominator: the same proportions, whole."""
    unit = lcm(*(number.denominator for number in numbers))
    return tuple((number * unit).numerator for number in numbers)
