"""Discard a visit that was started by mistake."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from visitapp.language import plural, translate
from visitapp.services.views.visits import VisitView
from visitapp.services.visits.visits import Visits
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.text import label


class DiscardVisitDialog(Dialog):
    """`discarded` says that it was."""

    discarded = Signal()
    keeps_typed = True

    def __init__(self, parent: QWidget | None, visits: Visits, view: VisitView) -> None:
        super().__init__(parent, translate("Discard this visit"), translate("Discard the visit"))
        self._visits, self._id = visits, view.summary.id
        self._told = label(self._what_goes(view), wrap=True)
        self.column.addWidget(self._told)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setMaximumHeight(90)
        self.reason.setPlaceholderText(translate("Such as: started at the wrong setting"))
        self.add_field(translate("Reason"), self.reason)
        self.watch(lambda: self._visits.view(self._id))

    def record_changed(self) -> None:
        """What would be discarded is another now."""
        self._told.setText(self._what_goes(self._visits.view(self._id)))
        self.messages.show_text(
            translate("This visit was changed elsewhere while you had it open."),
            translate("Check that you still want to discard it."),
        )

    def attempt(self) -> None:
        """Discard it."""
        self._visits.discard(self._id, self.reason.toPlainText())
        self.discarded.emit()
        self.accept()

    def _what_goes(self, view: VisitView) -> str:
        text = plural(
            "The visit to {setting} of {day} will be removed from every list, for everybody. Its "
            "{n} answer is kept in the history.",
            "The visit to {setting} of {day} will be removed from every list, for everybody. Its "
            "{n} answers are kept in the history.",
            len(view.answers),
            setting=view.setting_name,
            day=words.day(view.summary.visited_on),
        )
        raised = len(view.actions)
        if raised:
            stay = plural(
                "Its action stays on the setting's plan.",
                "Its {n} actions stay on the setting's plan.",
                raised,
            )
            text = f"{text} {stay}"
        return text
