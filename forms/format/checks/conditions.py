"""What must hold of conditions: they parse, and read earlier questions in a way that can hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

from forms.format.checks.scales import ScaleParts
from forms.format.clauses import Reading
from forms.format.condition_tokens import ConditionError
from forms.format.conditions import Condition
from forms.format.faults import Faults, nearest
from forms.format.part import Part
from forms.format.setting_facts import FACTS, TODAY
from forms.model import FIGURES
from visitapp.language import translate

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SAMPLES: Mapping[str, Reading] = {"text": "words", "date": "2026-11-22", "number": 1}
_FACTS = {TODAY: _SAMPLES["date"]} | {name: _SAMPLES[fact.kind] for name, fact in FACTS.items()}


def check_conditions(
    questions: list[Part], scales: Mapping[str, ScaleParts], faults: Faults
) -> None:
    """Notes the faults of every `relevant`. `questions` are all of the form's, in order."""
    every = [question.text("id") for question in questions]
    earlier: dict[str, Part] = {}
    for question in questions:
        if question.text("relevant"):
            _check_condition(question, every, earlier, scales, faults)
        earlier[question.text("id")] = question


def _check_condition(
    question: Part,
    every: list[str],
    earlier: Mapping[str, Part],
    scales: Mapping[str, ScaleParts],
    faults: Faults,
) -> None:
    line = question.line_of("relevant")
    try:
        condition = Condition(question.text("relevant"))
    except ConditionError as problem:
        faults.add(line, problem.what, problem.remedy)
        return
    readable = True
    for name in condition.answers:
        wrong = _misnamed(name, question.text("id"), every, earlier)
        if wrong:
            faults.add(line, *wrong)
            readable = False
    _check_facts(condition, line, faults)
    if readable:
        _check_compared(condition, line, earlier, scales, faults)
        _check_trial(condition, line, earlier, scales, faults)


def _check_facts(condition: Condition, line: int, faults: Faults) -> None:
    """A fact that is not kept, or never has the value, means that the question is never asked."""
    for name in condition.setting:
        if name not in FACTS and name != TODAY:
            what = translate(
                "The condition names `setting.{name}`, which is not a fact of a setting.", name=name
            )
            faults.advise(line, what, nearest(name, list(FACTS)))
    for compared in condition.compared_facts:
        fact = FACTS.get(compared.name)
        if fact is None or compared.value == "":
            continue
        what = translate(
            "`setting.{name}` is never `{value}`.", name=compared.name, value=compared.value
        )
        if fact.choices and compared.value not in fact.choices:
            faults.advise(line, what, nearest(compared.value, list(fact.choices)))
        elif fact.kind == "number":
            faults.advise(
                line, what, translate("It is a number: compare it with one, without quotes.")
            )
        elif fact.kind == "date" and not _DAY.fullmatch(compared.value):
            faults.advise(
                line, what, translate("It is a day: compare it with one such as '2026-11-22'.")
            )


def _misnamed(
    name: str, own: str, every: list[str], earlier: Mapping[str, Part]
) -> tuple[str, str] | None:
    if name in earlier:
        type_ = earlier[name].text("type")
        if type_ != "people":
            return None
        what = translate(
            "The condition reads `{name}`, which is of type {type}.", name=name, type=type_
        )
        return what, translate("A condition can read every other type of answer.")
    if name == own:
        return (
            translate("The condition reads its own question."),
            translate("Name an earlier question."),
        )
    if name in every:
        what = translate("The condition names `{name}`, which is asked later.", name=name)
        return what, translate(
            "Move `{name}` before this question, or name an earlier one.", name=name
        )
    what = translate(
        "The condition names `{name}`, which is not a question of this form.", name=name
    )
    return what, nearest(name, list(earlier)) or translate("Name an earlier question.")


def _check_compared(
    condition: Condition,
    line: int,
    earlier: Mapping[str, Part],
    scales: Mapping[str, ScaleParts],
    faults: Faults,
) -> None:
    for compared in condition.compared:
        question = earlier[compared.name]
        scale = scales.get(question.text("scale"))
        if question.text("type") in FIGURES:
            what = translate(
                "`{name}` is read as a number, but compared with a text.", name=compared.name
            )
            faults.add(line, what, translate("Compare it with a number, without quotes."))
        elif scale and compared.value not in scale.values:
            what = translate(
                "`{value}` is not an answer to `{name}`.", value=compared.value, name=compared.name
            )
            faults.add(line, what, nearest(compared.value, list(scale.values)))


def _check_trial(
    condition: Condition,
    line: int,
    earlier: Mapping[str, Part],
    scales: Mapping[str, ScaleParts],
    faults: Faults,
) -> None:
    """Runs a condition once, on an answer for each question and a value for each fact."""
    if not set(condition.setting) <= _FACTS.keys():
        return
    readings = [_sample(earlier[name], scales) for name in condition.answers]
    outcome = condition.outcome(readings, _FACTS)
    if isinstance(outcome, TypeError):
        what = translate(
            "The condition mixes numbers and texts, or whole numbers and decimals in a sum."
        )
        faults.add(line, what, translate("Compare like with like; in sums write 2.0 instead of 2."))
    elif isinstance(outcome, Exception):
        what = translate("The condition fails when it is tried: {outcome}.", outcome=outcome)
        faults.add(line, what, translate("Compare names with values."))
    elif not isinstance(outcome, bool):
        what = translate("The condition gives a value, not true or false.")
        faults.add(line, what, translate("Compare it with something, such as `== 'met'`."))


def _sample(question: Part, scales: Mapping[str, ScaleParts]) -> Reading:
    scale = scales.get(question.text("scale"))
    if question.text("type") in FIGURES:
        return 1.0
    if question.text("type") in _SAMPLES:
        return _SAMPLES[question.text("type")]
    return next(iter(scale.values), "met") if scale else "met"
