"""Refer a setting for intervention, and decide on a referral."""

from __future__ import annotations

from collections import Counter
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import translate
from visitapp.rules.visiting.due import add_months
from visitapp.services.interventions.interventions import Interventions
from visitapp.services.interventions.views import InterventionView
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices, number, text_field
from visitapp.ui.widgets.text import label


class ReferDialog(Dialog):
    """`kept` carries the InterventionView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, interventions: Interventions, setting_id: str
    ) -> None:
        heading = translate("Refer for intervention")
        super().__init__(parent, heading, translate("Refer the setting"))
        self._interventions, self._setting = interventions, setting_id
        self.why = text_field()
        self.grounds = text_field(interventions.grounds(setting_id))
        self.add_field(translate("Why"), self.why)
        self.add_field(translate("Evidence, drafted from the records"), self.grounds)
        self.by_name = {"why": self.why, "grounds": self.grounds}

    def attempt(self) -> None:
        """Refer it."""
        why, grounds = self.why.toPlainText(), self.grounds.toPlainText()
        self.kept.emit(self._interventions.refer(self._setting, why, grounds))
        self.accept()


class AcceptDialog(Dialog):
    """`kept` carries the InterventionView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        interventions: Interventions,
        one: InterventionView,
        today: date,
    ) -> None:
        heading = translate("Accept the referral")
        super().__init__(parent, heading, heading)
        self._interventions, self._id = interventions, one.id
        teaching = translate(
            "The intervention officer sees this setting and works there, beside its contract "
            "officer, until the intervention is closed."
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        rules = interventions.rules()
        self.officer = choices(translate("Intervention officer"), _offered(interventions))
        self.starts = DayField(translate("Starts"), today, ahead=True)
        self.ends = DayField(translate("Planned to"), today, ahead=True)
        self.starts.show_day(today)
        self.ends.show_day(add_months(today, rules.planned_months))
        self.add_field(translate("Intervention officer"), self.officer)
        self.add_field(translate("Starts"), self.starts)
        self.add_field(translate("Planned to"), self.ends)
        self.months = QLineEdit(str(rules.sustain_months))
        self.add_field(translate("Months for which results are to be held"), self.months)
        self.by_name = {
            "officer_id": self.officer,
            "planned_to": self.ends,
            "sustain_months": self.months,
        }

    def attempt(self) -> None:
        """Accept it."""
        found = self._interventions.accept(
            self._id,
            self.officer.currentData(),
            starts_on=self.starts.day(),
            planned_to=self.ends.day(),
            sustain_months=number(self.months.text(), "sustain_months"),
        )
        self.kept.emit(found)
        self.accept()


class ChangeDialog(Dialog):
    """Gives an intervention another officer or end. `kept` carries the InterventionView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        interventions: Interventions,
        one: InterventionView,
        today: date,
    ) -> None:
        super().__init__(parent, translate("Change officer or end"), translate("Save"))
        self._interventions, self._one = interventions, one
        self._given = one.officer_id or ""
        # Whoever has it stays chosen, though they may not be given another one.
        officers = {self._given: one.officer} | _offered(interventions)
        self.officer = choices(translate("Intervention officer"), officers, self._given)
        self.ends = DayField(translate("Planned to"), today, ahead=True)
        self.ends.show_day(one.planned_to or today)
        self.reason = text_field()
        self.add_field(translate("Intervention officer"), self.officer)
        self.add_field(translate("Planned to"), self.ends)
        self.add_field(translate("Reason"), self.reason)
        self.by_name = {
            "officer_id": self.officer,
            "planned_to": self.ends,
            "reason": self.reason,
        }

    def attempt(self) -> None:
        """Save it."""
        officer, ends = self.officer.currentData(), self.ends.day()
        found = self._interventions.change(
            self._one.id,
            self.reason.toPlainText(),
            officer=officer if officer != self._given else None,
            planned_to=ends if ends != self._one.planned_to else None,
        )
        self.kept.emit(found)
        self.accept()


def _offered(interventions: Interventions) -> dict[str, str]:
    """Who can be the intervention officer, by id. Two of one name are told apart by their team, and
    by the name that they sign in with."""
    officers = interventions.officers()
    shown = Counter((one.title, one.team) for one in officers)
    return {
        one.id: words.joined(
            *(one.title, one.team, one.name if shown[one.title, one.team] > 1 else "")
        )
        for one in officers
    }
