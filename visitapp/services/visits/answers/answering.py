"""Recording the answers of a visit. One transaction each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import UNSET, UnsetType

from forms.rating.outcome import Outcome
from visitapp.services.lookup import find_open_visit
from visitapp.services.views.visits import AnswerSaved
from visitapp.services.visits.answers.answers import (
    fitting_view,
    plain_answers,
    read_sheet,
    refuse_faults,
    write_answer,
)
from visitapp.services.visits.answers.confirming import require_unchanged
from visitapp.services.visits.assessment import assess, every_need, visit_evidence
from visitapp.services.visits.blind import keep_revealed, shown_outcome
from visitapp.services.visits.full_view import warnings
from visitapp.services.visits.reading import VisitReading


class VisitAnswering(VisitReading):
    """What a person records of what was seen."""

    def answer(
        self,
        visit_id: str,
        question: str,
        *,
        value: Any = UNSET,
        checked: int | UnsetType | None = UNSET,
        met: int | UnsetType | None = UNSET,
        note: str | UnsetType | None = UNSET,
        reason: str | UnsetType | None = UNSET,
        confirmed_from: date | UnsetType | None = UNSET,
        good_practice: bool | UnsetType = UNSET,
    ) -> AnswerSaved:
        """Record one answer; only the fields given change, and `value=None` takes it back.

        `confirmed_from`: `value` was found as the visit of that day recorded it. Returns, once it
        is safe on disk, the new outcome and what sign-off still needs. Raises Refused (BAD_VALUE,
        VISIT_FROZEN) or NotFound; then nothing was changed.
        """
        fields = {
            "value": value,
            "checked": checked,
            "met": met,
            "note": note,
            "reason": reason,
            "confirmed_from": confirmed_from,
            "good_practice": good_practice,
        }
        given = {name: new for name, new in fields.items() if new is not UNSET}
        with self._desk.transaction() as session:
            visit = find_open_visit(session, visit_id)
            form = self._desk.form_of(visit)
            sheet = read_sheet(session, visit.id)
            keep_revealed(session, self._desk, visit, form, sheet)
            require_unchanged(session, self._desk, visit, form, question, given)
            write_answer(session, visit, form, sheet, question, given)
            keep_revealed(session, self._desk, visit, form, sheet)
            standing = assess(session, visit, form, plain_answers(sheet))
            lacking = every_need(form, sheet, standing)
            saved = fitting_view(form, question, sheet.get(question))
            told = warnings(form, sheet, visit_evidence(session, visit.id), standing.facts)
        return AnswerSaved(
            saved_at=self._desk.clock(),
            answer=saved,
            outcome=shown_outcome(standing),
            needs=lacking,
            hidden=standing.hidden,
            warnings=told,
        )

    def answer_all(self, visit_id: str, answers: Mapping[str, Mapping[str, Any]]) -> Outcome:
        """Record many answers at once, all or none, each as `answer` does.

        Raises Refused(ANSWERS_FAULTS) naming the first fault and how many there are.
        """
        with self._desk.transaction() as session:
            visit = find_open_visit(session, visit_id)
            form = self._desk.form_of(visit)
            refuse_faults(form, answers)
            sheet = read_sheet(session, visit.id)
            keep_revealed(session, self._desk, visit, form, sheet)
            for question, given in answers.items():
                write_answer(session, visit, form, sheet, question, given)
            keep_revealed(session, self._desk, visit, form, sheet)
            return shown_outcome(assess(session, visit, form, plain_answers(sheet)))
