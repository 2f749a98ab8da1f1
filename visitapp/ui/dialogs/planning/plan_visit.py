"""Plan a visit: which, and on which day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.services.planning.planning import Planning
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices
from visitapp.ui.widgets.text import label
from visitapp.vocabulary.due import why_due


class PlanVisitDialog(Dialog):
    """`planned` carries the new PlannedView. The visit that is due first is offered first, on the
    last working day of its window."""

    planned = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        planning: Planning,
        setting_id: str,
        setting: str,
        today: date,
    ) -> None:
        super().__init__(parent, translate("Plan a visit"), translate("Plan the visit"))
        self._planning, self._setting_id = planning, setting_id
        self._dues = {one.due.purpose: one for one in planning.due(setting_id=setting_id)}
        self.column.addWidget(label(setting, strong=True, wrap=True))
        others = {p: word for p, word in words.purposes().items() if p not in self._dues}
        offered = {p: words.purposes()[p] for p in self._dues} | others
        self.purpose = choices(translate("Purpose"), offered)
        self.add_field(translate("Purpose"), self.purpose)
        self.why = label(size="small", tone="muted", wrap=True)
        self.column.addWidget(self.why)
        name = translate("Day of the visit")
        self.day = DayField(name, today, ahead=True)
        self.add_field(name, self.day)
        self.purpose.currentIndexChanged.connect(self._purpose_chosen)
        self._purpose_chosen()

    def attempt(self) -> None:
        """Plan it."""
        purpose = self.purpose.currentData()
        self.planned.emit(self._planning.plan(self._setting_id, purpose, self.day.day()))
        self.accept()

    def _purpose_chosen(self) -> None:
        purpose = self.purpose.currentData()
        due = self._dues.get(purpose)
        self.day.show_day(self._planning.day_to_offer(due.due.due_on if due else None))
        why = translate("No rule says when this visit is due.")
        if due is not None:
            day = words.day(due.due.due_on)
            why = translate("Due {day}. {why}.", day=day, why=why_due(due.due))
        self.why.setText(why)
