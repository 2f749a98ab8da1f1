"""How answers are read and written: one row a question, only the fields that were given change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.model import Form
from forms.rating.answers import AnswerFault, answers_refused, check_answers
from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.records import Answer, Visit
from visitapp.records.ids import answer_id
from visitapp.rules.indicators import Filled, from_mark
from visitapp.rules.text import TEXT, text_fault
from visitapp.services.lookup import no_question
from visitapp.services.views.visits import AnswerView
from visitapp.services.visits.answers.marks import confirmed_from, marks_after, marks_of
from visitapp.vocabulary import field_message

FIELDS = ("value", "checked", "met", "note", "reason")
LARGEST_SAMPLE = 100_000
RECORDED = ("value", "checked", "met")

AnswersByQuestion = dict[str, Answer]
"""The answers of one visit by question id, those taken back too."""

Plain = dict[str, dict[str, Any]]
"""Answers as the rating takes them (docs/form-format.md): no nulls, nothing that was taken back."""


def read_sheet(session: Session, visit_id: str) -> AnswersByQuestion:
    """The answers of a visit, in one query."""
    rows = session.scalars(
        select(Answer).where(
            Answer.visit_id == visit_id, Answer.item == "", Answer.deleted.is_(False)
        )
    )
    return {row.question: row for row in rows}


def plain_answer(row: Answer) -> dict[str, Any]:
    """One answer without its empty fields."""
    return {name: value for name in FIELDS if (value := getattr(row, name)) is not None}


def plain_answers(sheet: AnswersByQuestion) -> Plain:
    """A sheet as the rating takes it."""
    return {question: plain for question, row in sheet.items() if (plain := plain_answer(row))}


def write_answer(
    session: Session,
    visit: Visit,
    form: Form,
    sheet: AnswersByQuestion,
    question: str,
    given: Mapping[str, Any],
) -> None:
    """Change the given fields of one answer, in the sheet and in the database.

    A `value` of None takes the whole recorded answer back and leaves its note. What an earlier
    version of the form recorded, and this one does not take, gives way to a new value. Raises
    Refused(BAD_VALUE) when the form cannot take what the answer would become.
    """
    row = sheet.get(question)
    before = plain_answer(row) if row is not None else {}
    marks, given = given, {name: new for name, new in given.items() if name in FIELDS}
    after = _changed(before, given)
    changed = _unlike(before, after)
    if after == before and marks_after(row, after, marks, changed=changed) == marks_of(row):
        return
    checked = after
    if not _takes(form, question, before):
        if any(name in given for name in RECORDED):
            checked = after = _changed(_unrecorded(before), given)
        else:
            checked = _unrecorded(after)
    faults = answer_faults(form, {question: checked}) or _override_faults(row, after)
    if faults:
        raise Refused(Code.BAD_VALUE, _by_number(form, faults[0]))
    after = _with_own_reason(row, after)
    if row is None:
        row = Answer(
            id=answer_id(visit.id, question),
            setting_id=visit.setting_id,
            visit_id=visit.id,
            question=question,
            item="",
        )
        session.add(row)
        sheet[question] = row
    for name in FIELDS:
        setattr(row, name, after.get(name))
    for name, mark in marks_after(row, after, marks, changed=changed).items():
        setattr(row, name, mark)


def _by_number(form: Form, fault: AnswerFault) -> Message:
    """A fault that names the question as people know it: by its number."""
    question = form.questions.get(fault.question)
    if question is None:
        return fault.named()
    return message("Question {number}: {fault}", number=question.number, fault=fault.what)


def _takes(form: Form, question: str, answer: Mapping[str, Any]) -> bool:
    return not answer or not check_answers(form, {question: answer})


def _unlike(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether something else is recorded now."""
    return any(before.get(name) != after.get(name) for name in RECORDED)


def _unrecorded(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The note and the reason alone."""
    return {name: given for name, given in answer.items() if name not in RECORDED}


def answer_faults(form: Form, answers: Mapping[str, Mapping[str, Any]]) -> list[AnswerFault]:
    """Why answers cannot be recorded: what the form or the database refuses."""
    faults = check_answers(form, answers)
    for question, answer in answers.items():
        for name, given in answer.items() if isinstance(answer, Mapping) else ():
            called = field_message(name) if name in FIELDS else TEXT
            fault = text_fault(given, called=called) if isinstance(given, str) else None
            if fault:
                faults.append(AnswerFault(question, fault))
            if name in ("checked", "met") and isinstance(given, int) and given > LARGEST_SAMPLE:
                faults.append(AnswerFault(question, _too_many(given)))
    return faults


def _too_many(given: int) -> Message:
    return message(
        "A sample of {given} is too large. The limit is {most}.",
        given=f"{given:,}",
        most=f"{LARGEST_SAMPLE:,}",
    )


def said_by_records(row: Answer) -> Filled | None:
    """What the records said where they filled this answer."""
    return from_mark(row.source)


def is_overridden(row: Answer) -> bool:
    """Whether an officer's answer stands where the records said something else."""
    said = said_by_records(row)
    return said is not None and row.value != said.value


def is_unexplained(row: Answer) -> bool:
    """Whether such an answer still has no reason; it is kept, and bars the sign-off."""
    return is_overridden(row) and not row.reason


def _override_faults(row: Answer | None, after: Mapping[str, Any]) -> list[AnswerFault]:
    """An answer from the records can be overridden, and is not taken back."""
    said = said_by_records(row) if row is not None else None
    if said is not None and after.get("value") is None:
        what = message("This answer comes from the records and cannot be cleared.")
        return [AnswerFault("", what)]
    return []


def _with_own_reason(row: Answer | None, after: dict[str, Any]) -> dict[str, Any]:
    """Neither blanks nor where the records' answer came from are the reason for an override."""
    said = said_by_records(row) if row is not None else None
    if said is None or after.get("value") == said.value:
        return after
    if str(after.get("reason", "")).strip() in ("", said.origin):
        return {name: given for name, given in after.items() if name != "reason"}
    return after


def answer_view(question: str, row: Answer | None) -> AnswerView:
    """An answer for reading; an empty one when there is none."""
    if row is None:
        return AnswerView(question=question)
    return AnswerView(
        question=question,
        value=row.value,
        checked=row.checked,
        met=row.met,
        note=row.note or "",
        reason=row.reason or "",
        confirmed_from=confirmed_from(row),
        good_practice=row.good_practice,
    )


def fitting_view(form: Form, question: str, row: Answer | None) -> AnswerView:
    """An answer for reading, without a recorded value that this version of the form refuses."""
    if row is None or _takes(form, question, plain_answer(row)):
        return answer_view(question, row)
    return AnswerView(question=question, note=row.note or "", reason=row.reason or "")


def _changed(before: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    after = {**before, **given}
    if "value" in given and given["value"] is None:
        after |= {name: None for name in RECORDED if given.get(name) is None}
    return {name: value for name, value in after.items() if value not in (None, "")}


def refuse_faults(form: Form, answers: Mapping[str, Mapping[str, Any]]) -> None:
    """Refuse (ANSWERS_FAULTS) a set of answers the form cannot take, naming the first fault."""
    given = {
        question: {name: new for name, new in answer.items() if new is not None}
        for question, answer in answers.items()
    }
    faults = answer_faults(form, {q: answer for q, answer in given.items() if answer})
    unknown = [q for q in given if q not in form.questions and not given[q]]
    faults += [AnswerFault("", no_question(form, q)) for q in unknown]
    if faults:
        raise Refused(Code.ANSWERS_FAULTS, answers_refused(faults))
