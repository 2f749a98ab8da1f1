"""What stands in the way of sign-off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from msgspec import Struct

from forms.model import Form, Question
from forms.rating.answer_values import Answer, Answers
from forms.rating.answers import is_answered, scale_value
from forms.rating.plan import plan_of
from forms.rating.totals import Totals
from visitapp.language import Message, message, translate


class Need(Struct, frozen=True, kw_only=True):
    """One thing that is missing: `what` is `answer`, `reason`, `note` or an evidence kind."""

    question: str
    what: str
    text: str


_REASON = message("Question {number} is {label} and needs a reason.")
_NOTE = message("Question {number} is {label} and needs a note.")
_EVIDENCE = {
    "document": message("Question {number} is {label} and needs a document as evidence."),
    "photo": message("Question {number} is {label} and needs a photo as evidence."),
    "conversation": message("Question {number} is {label} and needs a conversation as evidence."),
}


def needs(
    form: Form,
    answers: Answers,
    setting: Mapping[str, object] | None,
    evidence_kinds: Mapping[str, Set[str]],
) -> list[Need]:
    """What is missing before sign-off, in form order; empty when the visit can be signed off.

    `evidence_kinds` holds for each question the kinds of evidence that were added to it.
    """
    missing: list[Need] = []
    totals = Totals(plan_of(form), answers, setting or {})
    for relevant, planned in zip(totals.relevant, totals.plan.questions, strict=True):
        if relevant:
            question = planned.question
            kinds = evidence_kinds.get(question.id, frozenset())
            missing += _missing(question, answers.get(question.id), kinds)
    return missing


def _missing(question: Question, answer: Answer | None, kinds: Set[str]) -> Iterator[Need]:
    if answer is None or not is_answered(question, answer):
        if question.required:
            yield _need(question, "answer", message("Question {number} has no answer."))
        return
    value = scale_value(question, answer)
    if value is None:
        return
    if value.needs_reason and not _written(answer, "reason"):
        yield _need(question, "reason", _REASON, value.label)
    rule = question.evidence
    if rule is None or value.value not in rule.when:
        return
    if rule.kind == "note":
        if not _written(answer, "note"):
            yield _need(question, "note", _NOTE, value.label)
    elif rule.kind not in kinds:
        yield _need(question, rule.kind, _EVIDENCE[rule.kind], value.label)


def _need(question: Question, what: str, wording: Message, label: str = "") -> Need:
    text = translate(wording.template, number=question.number, label=label)
    return Need(question=question.id, what=what, text=text)


def _written(answer: Answer, key: str) -> bool:
    text = answer.get(key)
    return isinstance(text, str) and bool(text.strip())
