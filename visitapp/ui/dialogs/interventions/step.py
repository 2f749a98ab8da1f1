"""Take an intervention a step further, and plan its visits."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import translate
from visitapp.rules.interventions.states import InterventionResult, InterventionStatus
from visitapp.services.interventions.interventions import Interventions
from visitapp.services.interventions.series import VisitSeries
from visitapp.services.interventions.views import InterventionView
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices, number, text_field
from visitapp.vocabulary import choice_words


class InterventionStepDialog(Dialog):
    """Refuses or withdraws a referral, says that criteria hold or fell, steps down, closes. `kept`
    carries the InterventionView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        interventions: Interventions,
        one: InterventionView,
        today: date,
    ) -> None:
        super().__init__(parent, translate("Next step"), translate("Take the step"))
        self._interventions, self._one = interventions, one
        self.after = choices(translate("Next step"), steps_of(one))
        self.day = DayField(translate("Date"), today)
        self.day.show_day(today)
        self.reason, self.summary = text_field(), text_field()
        self.outcome = choices(translate("Result"), choice_words(InterventionResult))
        self.add_field(translate("Next step"), self.after)
        self.add_field(translate("Date"), self.day)
        self.add_field(translate("Reason, where one is needed"), self.reason)
        if InterventionStatus.CLOSED in steps_of(one):
            self.add_field(translate("Result, when it is closed"), self.outcome)
            self.add_field(translate("What came of it, when it is closed"), self.summary)
        self.by_name = {"day": self.day, "reason": self.reason, "summary": self.summary}

    def attempt(self) -> None:
        """Take the step."""
        service, id_, day = self._interventions, self._one.id, self.day.day()
        reason, after = self.reason.toPlainText(), self.after.currentData()
        match after:
            case InterventionStatus.REFUSED:
                found = service.refuse(id_, reason, day)
            case InterventionStatus.WITHDRAWN:
                found = service.withdraw(id_, reason, day)
            case InterventionStatus.SUSTAINING:
                found = service.sustain(id_, day)
            case InterventionStatus.ACTIVE:
                found = service.resume(id_, reason, day)
            case InterventionStatus.STEPPED_DOWN:
                found = service.step_down(id_, reason, day)
            case _:
                result, summary = self.outcome.currentData(), self.summary.toPlainText()
                found = service.close(id_, result, summary, reason, day)
        self.kept.emit(found)
        self.accept()


def steps_of(one: InterventionView) -> dict[str, str]:
    """The steps that the person may take, to accept aside, in words."""
    said = {
        InterventionStatus.REFUSED: translate("Refuse the referral"),
        InterventionStatus.WITHDRAWN: translate("Withdraw the referral"),
        InterventionStatus.SUSTAINING: translate("Every criterion holds"),
        InterventionStatus.ACTIVE: translate("A criterion no longer holds"),
        InterventionStatus.STEPPED_DOWN: translate("Step down: fewer visits"),
        InterventionStatus.CLOSED: translate("Close the intervention"),
    }
    accepting = one.status == InterventionStatus.REFERRED
    return {
        after: said[InterventionStatus(after)]
        for after in one.next_states[1:]
        if not (accepting and after == InterventionStatus.ACTIVE)
    }


class SeriesDialog(Dialog):
    """`planned` carries the planned visits."""

    planned = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        series: VisitSeries,
        one: InterventionView,
        today: date,
        weeks: int,
    ) -> None:
        super().__init__(parent, translate("Plan the visits"), translate("Plan them"))
        self._series, self._id = series, one.id
        self.count, self.weeks = QLineEdit("6"), QLineEdit(str(weeks))
        self.first = DayField(translate("First visit"), today, ahead=True)
        self.first.show_day(max(today, one.starts_on or today))
        self.add_field(translate("Number of visits"), self.count)
        self.add_field(translate("Weeks between them"), self.weeks)
        self.add_field(translate("First visit"), self.first)
        self.by_name = {"count": self.count, "weeks": self.weeks, "due_on": self.first}

    def attempt(self) -> None:
        """Plan them."""
        count = number(self.count.text(), "count")
        weeks = number(self.weeks.text(), "weeks")
        self.planned.emit(self._series.plan(self._id, count, self.first.day(), weeks))
        self.accept()
