"""What answers say, which questions they make relevant, and whether they can be taken.

An answer is a mapping: `{"value": ...}` or, for a sample, `{"checked": 5, "met": 3}`, with an
optional `note` and `reason`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from msgspec import Struct

from forms.model import PEOPLE_GROUPS, Form, Question, ScaleValue
from forms.rating.answer_values import Answer, Answers, is_count, number_of, text_of, value_of
from forms.rating.plan import plan_of
from forms.rating.totals import Totals
from visitapp.language import Message, counted, message


def scale_value(question: Question, answer: Answer | None) -> ScaleValue | None:
    """The scale value of an answer, after bands (rule 3); None when it has none."""
    return value_of(question, answer)[1]


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
    return value_of(question, answer) != (None, None)


def relevant_questions(
    form: Form, answers: Answers, setting: Mapping[str, object] | None = None
) -> set[str]:
    """The ids of the questions that are asked, given these answers and the facts of the setting."""
    totals = Totals(plan_of(form), answers, setting or {})
    relevant = zip(totals.relevant, form.questions, strict=True)
    return {question for asked, question in relevant if asked}


class AnswerFault(Struct, frozen=True):
    """Why an answer cannot be taken. `question`: its id; empty for a fault of all the answers."""

    question: str
    what: Message

    def named(self) -> Message:
        """The fault with the id of its question."""
        if not self.question:
            return self.what
        return message("{question}: {fault}", question=self.question, fault=self.what)


def check_answers(form: Form, answers: object) -> list[AnswerFault]:
    """What is wrong with answers from outside; empty when they are good."""
    if not isinstance(answers, Mapping):
        what = message("The answers must be one object, with an entry for each question.")
        return [AnswerFault("", what)]
    faults: list[AnswerFault] = []
    for name, answer in answers.items():
        question = form.questions.get(name) if isinstance(name, str) else None
        if question is None:
            faults.append(AnswerFault("", _not_asked(name)))
        elif not isinstance(answer, Mapping):
            what = message("The answer must be an object, such as {example}.", example=_EXAMPLE)
            faults.append(AnswerFault(name, what))
        else:
            faults += [AnswerFault(name, what) for what in _problems(question, answer)]
    return faults


def answers_refused(faults: Sequence[AnswerFault]) -> Message:
    """What is said of answers with these faults, at least one."""
    return counted(
        "The answers have {n} fault: {fault}",
        "The answers have {n} faults. The first: {fault}",
        len(faults),
        fault=faults[0].named(),
    )


_EXAMPLE = '{"value": "met"}'


def _not_asked(name: object) -> Message:
    return message("{name} is not a question of this form.", name=_short(name))


def _problems(question: Question, answer: Answer) -> list[Message]:
    problems = [
        message("{key} is not part of an answer.", key=_short(key))
        for key in answer
        if key not in ("value", "checked", "met", "note", "reason")
    ]
    if not isinstance(answer.get("note"), str | None):
        problems.append(message("The note must be text."))
    if not isinstance(answer.get("reason"), str | None):
        problems.append(message("The reason must be text."))
    value = answer.get("value")
    if question.type == "sample" and value is None:
        return problems + _sample_problems(answer)
    if answer.get("checked") is not None or answer.get("met") is not None:
        problems.append(message("Only a sample has checked and met. Use value."))
    if value is None or is_answered(question, answer) or _is_blank(value):
        return problems + _people_problems(question, value) + _below_bands(question, answer)
    wanted = _WANTED[question.type].filled(value=_short(value), values=_values(question))
    return [*problems, wanted]


_WANTED = {
    "choice": message("{value} is not on its scale. Use {values}."),
    "number": message(
        "{value} is not a number that can be used. If nobody knows it, use not_known."
    ),
    "percent": message(
        "{value} is not a percentage from 0 to 100. If nobody knows it, use not_known."
    ),
    "sample": message(
        "{value} cannot be the answer to a sample. Give checked and met, or not_known."
    ),
    "text": message("{value} is not text."),
    "date": message("{value} is not a date. Write it as 2026-11-22."),
    "people": message(
        "{value} is not a count of people. Give whole numbers for people, relatives, staff or "
        "professionals."
    ),
}


def _sample_problems(answer: Answer) -> list[Message]:
    checked, met = answer.get("checked"), answer.get("met")
    if checked is None and met is None:
        return []
    if not all(part is None or is_count(part) for part in (checked, met)):
        return [message("The numbers checked and met must be whole numbers, 0 or more.")]
    if checked is None:
        return [message("The number met is given without the number checked.")]
    if isinstance(checked, int) and isinstance(met, int) and met > checked:
        return [
            message(
                "The number met is {met}, more than the {checked} checked.",
                met=met,
                checked=checked,
            )
        ]
    return []


def _people_problems(question: Question, value: object) -> list[Message]:
    if question.type != "people" or not isinstance(value, Mapping):
        return []
    problems = [
        message("{group} is not a group of people.", group=_short(key))
        for key in value
        if not _group(key)
    ]
    return problems + [
        message("The count of {group} must be a whole number, 0 or more.", group=key)
        for key, count in value.items()
        if _group(key) and count is not None and not is_count(count)
    ]


def _below_bands(question: Question, answer: Answer) -> list[Message]:
    number = number_of(question, answer)
    if number is None or not question.bands:
        return []
    lowest = question.bands[-1].start
    if Fraction(*number) >= lowest:
        return []
    least = f"{float(lowest):g}"
    return [message("The number is below {least}, where its bands begin.", least=least)]


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
