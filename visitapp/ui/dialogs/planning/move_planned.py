"""Move a planned visit to another day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from visitapp.language import translate
from visitapp.services.planning.planning import Planning
from visitapp.services.views.planning import PlannedView
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField
from visitapp.ui.widgets.text import label


class MovePlannedDialog(Dialog):
    """`moved` carries the PlannedView."""

    moved = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        planning: Planning,
        plan: PlannedView,
        today: date,
        day: date | None = None,
    ) -> None:
        """`day`: the one to offer; by default that for which it is planned."""
        super().__init__(parent, translate("Move a planned visit"), translate("Move the visit"))
        self._planning, self._id = planning, plan.id
        visit = words.joined(plan.setting, words.purpose_visit(plan.purpose))
        self.column.addWidget(label(visit, strong=True, wrap=True))
        facts = translate(
            "Planned for {day}, due {due}.",
            day=words.day(plan.planned_on),
            due=words.day(plan.window_to),
        )
        self.column.addWidget(label(facts, tone="muted", wrap=True))
        name = translate("New day")
        self.day = DayField(name, today, ahead=True)
        self.day.show_day(day or plan.planned_on)
        self.add_field(name, self.day)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setMaximumHeight(90)
        self.reason.setPlaceholderText(translate("Such as: the manager is on leave"))
        self.add_field(translate("Reason"), self.reason)
        if day is not None:
            self.reason.setFocus()
        self.watch(lambda: planning.view(plan.id))

    def record_changed(self) -> None:
        """Somebody moved or confirmed it."""
        self.messages.show_text(
            translate("This planned visit was changed elsewhere while you had it open."),
            translate("Check that you still want to move it."),
        )

    def attempt(self) -> None:
        """Move it."""
        moved = self._planning.move(self._id, self.day.day(), self.reason.toPlainText())
        self.moved.emit(moved)
        self.accept()
