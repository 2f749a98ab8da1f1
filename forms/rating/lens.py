"""One set of answers read through the key questions of a published framework.

A lens counts and adds up. It gives no colour: bands, limits and critical areas belong to the form,
and only the framework's own body rates by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct

from forms.model import Form, Question, ScaleValue
from forms.rating.answer_values import Answers, value_of
from forms.rating.outcome import FormRef
from forms.rating.plan import plan_of
from forms.rating.totals import Totals
from visitapp.errors import NotFound
from visitapp.language import message


class Counted(Struct, frozen=True):
    """How many questions have this answer. `label` is what people read."""

    value: str
    label: str
    questions: int


class LensAnswer(Struct, frozen=True):
    """A question that counts, and the value of its scale that its answer gives; "" is none yet."""

    question: str
    value: str


class KeyQuestion(Struct, frozen=True, kw_only=True):
    """What the answers say of one key question.

    `percent` is that of rule 4 of docs/form-format.md over its own scored answers, whole and
    rounded down; None without any. `coverage` is the weight of those by the weight of all
    that count, 100 where none do. `counts` has an entry for each answer given, `unanswered`
    how many have none.
    """

    id: str
    title: str
    percent: int | None
    coverage: int
    counts: list[Counted]
    unanswered: int
    questions: list[LensAnswer]


class Lens(Struct, frozen=True, kw_only=True):
    """A form's answers through one framework; `untagged` are questions that stand outside it."""

    form: FormRef
    framework: str
    title: str
    version: str
    key_questions: list[KeyQuestion]
    untagged: list[str]


def through(
    form: Form, answers: Answers, framework: str, setting: Mapping[str, object] | None = None
) -> Lens:
    """What `answers` say of each key question of `framework`, an id such as `cqc`.

    Only questions that count are read: asked, with a scale and a weight above 0. Weights of areas
    play no part, as a key question runs across areas. Key questions come as the form declares them,
    else as they first appear. Raises NotFound when no question is tagged by the framework.
    """
    _check_tagged(form, framework)
    declared = form.frameworks.get(framework)
    titles = dict(declared.key_questions) if declared else {}
    grouped: dict[str, list[Question]] = {place: [] for place in titles}
    untagged = []
    for question in _counting(form, answers, setting or {}):
        place = question.frameworks.get(framework)
        if place is None:
            untagged.append(question.id)
        else:
            grouped.setdefault(place, []).append(question)
    return Lens(
        form=FormRef(form.id, form.version),
        framework=framework,
        title=declared.title if declared else framework,
        version=declared.version if declared else "",
        key_questions=[
            _key_question(place, titles.get(place, place), questions, answers)
            for place, questions in grouped.items()
        ],
        untagged=untagged,
    )


def _check_tagged(form: Form, framework: str) -> None:
    tagged = {name for question in form.questions.values() for name in question.frameworks}
    if framework not in tagged:
        others = ", ".join(sorted(tagged)) or "no framework at all"
        raise NotFound(
            message(
                "The form {form} is not tagged by “{framework}”.",
                form=form.id,
                framework=framework[:80],
            ),
            message("It is tagged by {others}.", others=others),
        )


def _counting(form: Form, answers: Answers, setting: Mapping[str, object]) -> list[Question]:
    totals = Totals(plan_of(form), answers, setting)
    return [
        planned.question
        for planned, relevant in zip(totals.plan.questions, totals.relevant, strict=True)
        if relevant and planned.weight
    ]


def _key_question(
    place: str, title: str, questions: list[Question], answers: Answers
) -> KeyQuestion:
    judged = [(question, value_of(question, answers.get(question.id))[1]) for question in questions]
    scored = [(q.weight, value.score) for q, value in judged if value and value.score is not None]
    whole = sum((weight for weight, _ in scored), Fraction())
    asked = sum((q.weight for q, value in judged if not (value and value.excluded)), Fraction())
    gained = sum((weight * score for weight, score in scored), Fraction())
    return KeyQuestion(
        id=place,
        title=title,
        percent=int(100 * gained / whole) if whole else None,
        coverage=int(100 * whole / asked) if asked else 100,
        counts=_counts([value for _, value in judged if value]),
        unanswered=sum(value is None for _, value in judged),
        questions=[LensAnswer(q.id, value.value if value else "") for q, value in judged],
    )


def _counts(values: list[ScaleValue]) -> list[Counted]:
    """The best answers first, then those without a score, each in the order of the form."""
    tally: dict[tuple[str, str], int] = {}
    for value in sorted(
        values, key=lambda one: -1 if one.score is None else one.score, reverse=True
    ):
        tally[value.value, value.label] = tally.get((value.value, value.label), 0) + 1
    return [Counted(value, label, number) for (value, label), number in tally.items()]
