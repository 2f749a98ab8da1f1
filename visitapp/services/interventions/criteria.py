"""Exit criteria: set one, take it away, write down what was counted."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import CriterionReading, ExitCriterion, Intervention, Setting
from visitapp.rules.interventions.criteria import Needed, criterion_fault, reading_fault
from visitapp.rules.interventions.states import BOUNDS, UNFINISHED_INTERVENTIONS, UNITS, Measure
from visitapp.services.context import Desk
from visitapp.services.days import day_that_came
from visitapp.services.interventions.queries import intervention_view
from visitapp.services.interventions.questions import measured_questions
from visitapp.services.interventions.views import InterventionView
from visitapp.services.lookup import check_texts, find


class ExitCriteria:
    """What a person can do with exit criteria."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add(
        self,
        id_: str,
        text: str,
        measure: str,
        needed: int,
        *,
        bound: str | None = None,
        unit: str | None = None,
        times: int = 1,
        question: str = "",
        how_checked: str = "",
    ) -> InterventionView:
        """Set an exit criterion. Bound and unit are the usual ones of its measure by default.

        Raises NotFound, or Refused BAD_VALUE.
        """
        if measure not in set(Measure):
            what = message("“{measure}” is not a measure.", measure=measure)
            raise Refused(Code.BAD_VALUE, what, field="measure")
        asked = Needed(
            measure=measure,
            bound=bound or BOUNDS[Measure(measure)][0],
            unit=unit or UNITS[Measure(measure)][0],
            value=needed,
            times=times,
        )
        fault = criterion_fault(asked, question)
        if fault:
            raise Refused(Code.BAD_VALUE, fault)
        texts = {"text": text.strip(), "how_checked": how_checked.strip()}
        check_texts(ExitCriterion, texts)
        if not texts["text"]:
            what = message("Say what must hold.")
            raise Refused(Code.BAD_VALUE, what, field="text")
        with self._desk.transaction() as session:
            record = _unfinished(session, id_)
            session.add(
                ExitCriterion(
                    setting_id=record.setting_id,
                    intervention_id=record.id,
                    measure=measure,
                    bound=asked.bound,
                    unit=asked.unit,
                    needed=needed,
                    times=times,
                    question=question,
                    **texts,
                )
            )
            session.flush()
            return intervention_view(session, self._desk, record)

    def questions(self, setting_id: str) -> dict[str, str]:
        """The questions whose answers can be measured at a setting: by id, in words."""
        with self._desk.reading() as session:
            kind = find(session, Setting, setting_id).service_type
        return measured_questions(self._desk, kind)

    def drop(self, criterion_id: str) -> InterventionView:
        """Take a criterion away; its history stays. Raises NotFound, or BAD_VALUE once it ended."""
        with self._desk.transaction() as session:
            criterion = find(session, ExitCriterion, criterion_id)
            record = _unfinished(session, criterion.intervention_id)
            criterion.deleted = True
            session.flush()
            return intervention_view(session, self._desk, record)

    def read(
        self,
        criterion_id: str,
        counted: int,
        of: int | None = None,
        *,
        day: date | None = None,
        note: str = "",
        visit_id: str | None = None,
    ) -> InterventionView:
        """Write down what was counted for a criterion. Raises NotFound, or Refused BAD_VALUE."""
        on = day_that_came(self._desk, day)
        check_texts(CriterionReading, {"note": note})
        with self._desk.transaction() as session:
            criterion = find(session, ExitCriterion, criterion_id)
            record = _unfinished(session, criterion.intervention_id)
            asked = criterion.measure, criterion.unit
            fault = reading_fault(*asked, counted, of, on, record.ended_on)
            if fault:
                raise Refused(Code.BAD_VALUE, fault)
            session.add(
                CriterionReading(
                    setting_id=record.setting_id,
                    criterion_id=criterion.id,
                    visit_id=visit_id,
                    counted_on=on,
                    counted=counted,
                    counted_of=of,
                    note=note.strip(),
                )
            )
            session.flush()
            return intervention_view(session, self._desk, record)


def _unfinished(session: Session, id_: str) -> Intervention:
    record = find(session, Intervention, id_)
    if record.status not in UNFINISHED_INTERVENTIONS:
        raise Refused(Code.BAD_VALUE, message("This intervention has ended, so it stays as it is."))
    return record
