"""What answers say, which questions they make relevant, and whether they can be taken.

An answer is a mapping: `{"value": ...}` or, for a sample, `{"checked": 5, "met": 3}`, with an
optional `note` and `reason`.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from forms.model import PEOPLE_GROUPS, Form, Question, ScaleValue
from forms.rating.answer_values import Answer, Answers, is_count, judge, number_of, text_of
from forms.rating.plan import plan_of
from forms.rating.totals import Totals


def scale_value(question: Question, answer: Answer | None) -> ScaleValue | None:
    """The scale value of an answer, after bands (rule 3); None when it has none."""
    return judge(question, answer)[1]


def is_answered(question: Question, answer: Answer | None) -> bool:
    """Whether anything was recorded. Not checked is an answer; a sample with 0 checked is not."""
    if not isinstance(answer, Mapping):
        return False
    value = answer.get("value")
    match question.type:
        case "text" | "date":
            return text_of(question, answer) is not None
        case "people":
            return isinstance(value, Mapping) and any(
                is_count(value.get(group)) for group in PEOPLE_GROUPS
            )
    return judge(question, answer) != (None, None)


def relevant_questions(
    form: Form, answers: Answers, setting: Mapping[str, object] | None = None
) -> set[str]:
    """The ids of the questions that are asked, given these answers and the facts of the setting."""
    totals = Totals(plan_of(form), answers, setting or {})
    relevant = zip(totals.relevant, form.questions, strict=True)
    return {question for asked, question in relevant if asked}


def check_answers(form: Form, answers: object) -> list[str]:
    """What is wrong with answers from outside, a sentence each; empty when they are good."""
    if not isinstance(answers, Mapping):
        return ["The answers must be one object, with an entry for each question."]
    problems: list[str] = []
    for name, answer in answers.items():
        question = form.questions.get(name) if isinstance(name, str) else None
        if question is None:
            problems.append(f"{_short(name)} is not a question of this form.")
        elif not isinstance(answer, Mapping):
            problems.append(f"{name}: the answer must be an object, such as {{'value': ...}}.")
        else:
            problems += [f"{name}: {problem}" for problem in _problems(question, answer)]
    return problems


def _problems(question: Question, answer: Answer) -> list[str]:
    problems = [
        f"{_short(key)} is not part of an answer."
        for key in answer
        if key not in ("value", "checked", "met", "note", "reason")
    ]
    for key in ("note", "reason"):
        if not isinstance(answer.get(key), str | None):
            problems.append(f"the {key} must be text.")
    value = answer.get("value")
    if question.type == "sample" and value is None:
        return problems + _sample_problems(answer)
    if answer.get("checked") is not None or answer.get("met") is not None:
        problems.append("only a sample has checked and met; use value.")
    if value is None or is_answered(question, answer) or _is_blank(value):
        return problems + _people_problems(question, value) + _below_bands(question, answer)
    return [*problems, _WANTED[question.type].format(value=_short(value), values=_values(question))]


_WANTED = {
    "choice": "{value} is not on its scale; use {values}.",
    "number": "{value} is not a number that can be used. If nobody knows it, use not_known.",
    "percent": "{value} is not a percentage from 0 to 100. If nobody knows it, use not_known.",
    "sample": "{value} cannot be the answer to a sample; give checked and met, or not_known.",
    "text": "{value} is not text.",
    "date": "{value} is not a date; write it as 2026-11-22.",
    "people": "{value} is not a count of people; give whole numbers for people, relatives, staff"
    " or professionals.",
}


def _sample_problems(answer: Answer) -> list[str]:
    checked, met = answer.get("checked"), answer.get("met")
    if checked is None and met is None:
        return []
    if not all(part is None or is_count(part) for part in (checked, met)):
        return ["checked and met must be whole numbers, 0 or more."]
    if checked is None:
        return ["met is given without checked."]
    if isinstance(checked, int) and isinstance(met, int) and met > checked:
        return [f"met is {met}, more than the {checked} checked."]
    return []


def _people_problems(question: Question, value: object) -> list[str]:
    if question.type != "people" or not isinstance(value, Mapping):
        return []
    problems = [f"{_short(key)} is not a group of people." for key in value if not _group(key)]
    return problems + [
        f"the count of {key} must be a whole number, 0 or more."
        for key, count in value.items()
        if _group(key) and count is not None and not is_count(count)
    ]


def _below_bands(question: Question, answer: Answer) -> list[str]:
    number = number_of(question, answer)
    if number is None or not question.bands:
        return []
    lowest = question.bands[-1].start
    if Fraction(*number) >= lowest:
        return []
    return [f"the number is below {float(lowest):g}, where its bands begin."]


def _is_blank(value: object) -> bool:
    """A text or a choice that was taken back."""
    return isinstance(value, str) and not value.strip()


def _group(key: object) -> bool:
    return key in PEOPLE_GROUPS


def _values(question: Question) -> str:
    return ", ".join(question.scale.by_value) if question.scale else ""


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
