"""Cancel a planned visit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from visitapp.language import translate
from visitapp.services.planning.planning import Planning
from visitapp.services.views.planning import PlannedView
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.text import label


class CancelPlannedDialog(Dialog):
    """`cancelled` says that it was."""

    cancelled = Signal()
    keeps_typed = True

    def __init__(self, parent: QWidget | None, planning: Planning, plan: PlannedView) -> None:
        super().__init__(
            parent, translate("Cancel a planned visit"), translate("Cancel the planned visit")
        )
        self.cancel.setText(translate("Keep it"))
        self.cancel.setAccessibleName(self.cancel.text())
        self._planning, self._id = planning, plan.id
        text = translate(
            "{visit} of {setting}, planned for {day}. The visit stays due.",
            visit=words.purpose_visit(plan.purpose),
            setting=plan.setting,
            day=words.day(plan.planned_on),
        )
        self.column.addWidget(label(text, wrap=True))
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setMaximumHeight(90)
        self.add_field(translate("Reason"), self.reason)
        self.watch(lambda: planning.view(plan.id))

    def record_changed(self) -> None:
        """Somebody moved or confirmed it."""
        self.messages.show_text(
            translate("This planned visit was changed elsewhere while you had it open."),
            translate("Check that you still want to cancel it."),
        )

    def attempt(self) -> None:
        """Cancel it."""
        self._planning.cancel(self._id, self.reason.toPlainText())
        self.cancelled.emit()
        self.accept()
