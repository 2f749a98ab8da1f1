"""Risk models: filled from the records, completed and overridden by an officer, kept for ever.

An assessment is kept as a visit whose purpose is `risk_assessment` (records.visits), so that its
history, sync and re-rating are those of every form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.levels import outcome_label
from forms.model import Form, Question
from forms.rating.answers import check_answers, scale_value
from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import Answer, Purpose, Setting, Visit
from visitapp.records.ids import answer_id
from visitapp.rules.indicators import Filled, to_mark
from visitapp.rules.visit_life import is_frozen
from visitapp.services.context import Desk
from visitapp.services.lookup import find, find_open_visit
from visitapp.services.views.risk import RiskAssessment, RiskLine
from visitapp.services.visits.answers.answers import (
    AnswersByQuestion,
    plain_answers,
    read_sheet,
    refuse_faults,
    said_by_records,
    write_answer,
)
from visitapp.services.visits.answers.prefilled import filled_answers, overrides
from visitapp.services.visits.assessment import assess
from visitapp.services.visits.outcome_labels import named_outcomes
from visitapp.services.visits.sign_off.sign_off import sign_off
from visitapp.standing.indicators.every import READERS
from visitapp.standing.indicators.reading import Reading, read_indicators

_IS_ONE = Visit.purpose == Purpose.RISK_ASSESSMENT


class Risk:
    """What a person can do with risk models."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def assess(
        self,
        setting_id: str,
        model_id: str,
        *,
        answers: Mapping[str, Any] | None = None,
        overrides: Mapping[str, Any] | None = None,
        reason: str = "",
    ) -> RiskAssessment:
        """Fill a risk model for a setting from the records as they are now.

        Goes on with the setting's open assessment on this version of the model, or starts one.
        answers: values by question, recorded by hand. overrides: the same, in place of what the
        records say; `reason` goes to each value that differs from theirs. Raises NotFound, or
        Refused(BAD_VALUE, ANSWERS_FAULTS); then nothing was changed.
        """
        form = self._desk.library.form(model_id)
        if form.kind != "risk":
            raise Refused(
                Code.BAD_VALUE, message("The form {form} is not a risk model.", form=form.id)
            )
        given = _given(form, answers or {}, overrides or {}, reason)
        with self._desk.transaction() as session:
            setting = find(session, Setting, setting_id)
            visit = self._open(session, setting, form)
            sheet = read_sheet(session, visit.id)
            self._fill(session, setting, visit, form, sheet)
            for question, value in given.items():
                answer = {"value": value, **_reason_for(sheet.get(question), value, reason)}
                write_answer(session, visit, form, sheet, question, answer)
            session.flush()
            return self._view(session, visit)

    def sign_off(self, assessment_id: str) -> RiskAssessment:
        """Freeze an assessment with its outcome. The setting's rating stays as it is.

        Raises Refused(VISIT_INCOMPLETE) saying what is missing, or Refused(VISIT_FROZEN).
        """
        with self._desk.transaction() as session:
            visit = find_open_visit(session, _find(session, assessment_id).id)
            sign_off(session, self._desk, visit, self._desk.form_of(visit))
            session.flush()
            return self._view(session, visit)

    def view(self, assessment_id: str) -> RiskAssessment:
        """The whole assessment."""
        with self._desk.reading() as session:
            return self._view(session, _find(session, assessment_id))

    def list(self, setting_id: str | None = None) -> list[RiskLine]:
        """Assessments of a setting, or of all, newest first."""
        query = (
            select(Visit, Setting.name)
            .join(Setting, Setting.id == Visit.setting_id)
            .where(_IS_ONE, Visit.deleted.is_(False))
            .order_by(Visit.visited_on.desc(), Visit.id.desc())
        )
        with self._desk.reading() as session:
            if setting_id is not None:
                query = query.where(Visit.setting_id == find(session, Setting, setting_id).id)
            return [
                line
                for visit, name in session.execute(query)
                if (line := self._line(session, visit, name)) is not None
            ]

    def _open(self, session: Session, setting: Setting, form: Form) -> Visit:
        """The open assessment of this setting on this version of the model, or a new one."""
        drafts = session.scalars(
            select(Visit)
            .where(
                _IS_ONE,
                Visit.setting_id == setting.id,
                Visit.form_id == form.id,
                Visit.form_version == form.version,
                Visit.deleted.is_(False),
            )
            .order_by(Visit.id.desc())
        )
        visit = next((draft for draft in drafts if not is_frozen(draft.status)), None)
        if visit is None:
            visit = Visit(
                setting_id=setting.id,
                form_id=form.id,
                form_version=form.version,
                purpose=Purpose.RISK_ASSESSMENT,
                officer_id=self._desk.user(session).id,
            )
            session.add(visit)
        visit.visited_on = self._desk.today()
        session.flush()
        return visit

    def _fill(
        self, session: Session, setting: Setting, visit: Visit, form: Form, sheet: AnswersByQuestion
    ) -> None:
        """Bring every answer that has a source up to what the records say today."""
        wanted = {q.id: q.source for q in form.questions.values() if q.source}
        reading = Reading(session, self._desk.directory, [setting], self._desk.today())
        said = read_indicators(READERS, set(wanted.values()), reading)
        for question, source in wanted.items():
            filled, row = said.get(source, {}).get(setting.id), sheet.get(question)
            if filled is not None and check_answers(form, {question: {"value": filled.value}}):
                filled = None
            if row is None and filled is not None:
                row = sheet[question] = _new_row(visit, question)
                session.add(row)
            if row is not None:
                _refill(form.questions[question], row, filled)

    def _line(self, session: Session, visit: Visit, setting: str) -> RiskLine | None:
        """None when this device has not the model's version, so that nothing can be said of it."""
        try:
            form = self._desk.form_of(visit)
        except NotFound:
            return None
        outcome = assess(session, visit, form, plain_answers(read_sheet(session, visit.id))).outcome
        return RiskLine(
            id=visit.id,
            setting_id=visit.setting_id,
            setting=setting,
            model=outcome.form,
            title=form.title,
            assessed_on=visit.visited_on,
            status=visit.status,
            rag=outcome.overall,
            percent=outcome.percent,
            coverage=outcome.coverage,
            provisional=outcome.provisional,
            level=outcome_label(form, outcome),
            results=named_outcomes(form, outcome),
        )

    def _view(self, session: Session, visit: Visit) -> RiskAssessment:
        form = self._desk.form_of(visit)
        sheet = read_sheet(session, visit.id)
        standing = assess(session, visit, form, plain_answers(sheet))
        return RiskAssessment(
            id=visit.id,
            setting_id=visit.setting_id,
            setting=str(standing.facts.get("name", "")),
            model=standing.outcome.form,
            assessed_on=visit.visited_on,
            status=visit.status,
            filled=filled_answers(form, sheet),
            overridden=overrides(form, sheet),
            by_hand=standing.outcome.unanswered,
            outcome=standing.outcome,
        )


def _find(session: Session, assessment_id: str) -> Visit:
    visit = find(session, Visit, assessment_id)
    if visit.purpose != Purpose.RISK_ASSESSMENT:
        raise NotFound(
            message(
                "There is no risk assessment with the id {id} on this device.", id=assessment_id
            )
        )
    return visit


def _given(
    form: Form, answers: Mapping[str, Any], overrides: Mapping[str, Any], reason: str
) -> dict[str, Any]:
    """The values that the officer gives. Raises Refused before anything is made."""
    if overrides and not reason.strip():
        raise Refused(
            Code.BAD_VALUE,
            message("Overriding an answer from the records needs a reason."),
            message("Say why your answer should replace the one from the records."),
        )
    given = {q: _typed(form, q, value) for q, value in {**answers, **overrides}.items()}
    refuse_faults(form, {q: {"value": value} for q, value in given.items()})
    return given


def _reason_for(row: Answer | None, value: Any, reason: str) -> dict[str, str]:
    """The officer's reason, for a value that differs from what the records said."""
    said = said_by_records(row) if row is not None else None
    if said is None or said.value == value or not reason.strip():
        return {}
    return {"reason": reason.strip()}


def _typed(form: Form, question_id: str, value: Any) -> Any:
    """A number where the question asks for one and a text holds it."""
    question = form.questions.get(question_id)
    if question is None or question.type not in ("number", "percent") or not isinstance(value, str):
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    return int(number) if number.is_integer() else number


def _new_row(visit: Visit, question: str) -> Answer:
    return Answer(
        id=answer_id(visit.id, question),
        setting_id=visit.setting_id,
        visit_id=visit.id,
        question=question,
        item="",
    )


def _refill(question: Question, row: Answer, filled: Filled | None) -> None:
    """What the records say now takes the place of what they said; an officer's answer stays.

    A value that must be explained, such as Not rated, is explained by where it came from.
    """
    before = said_by_records(row)
    by_officer = row.value is not None and (before is None or row.value != before.value)
    row.source = to_mark(filled) if filled else None
    if by_officer:
        return
    row.value = filled.value if filled else None
    told = filled and scale_value(question, {"value": filled.value})
    row.reason = filled.origin if filled and told and told.needs_reason else None
