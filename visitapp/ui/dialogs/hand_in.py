"""A laptop whose access was ended hands in what it has not sent."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from visitapp.errors import VisitappError
from visitapp.services.leaving import Leaving
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.operations import Operation, Progress, Runner
from visitapp.ui.widgets.text import label


class HandInDialog(Dialog):
    """Hands in by itself as soon as it opens, and says how far it is; when the line breaks it
    stays, and goes on when asked. `confirmed` says that the server has everything."""

    confirmed = Signal()

    def __init__(self, parent: QWidget, leaving: Leaving) -> None:
        super().__init__(parent, self.tr("This laptop's access was ended"), self.tr("Try again"))
        self._leaving = leaving
        self._runner = Runner(self)
        said = self.tr(
            "Your council ended this laptop's access. What it has not sent yet is handed in to "
            "your administrator now, so nothing you wrote is lost. Then Visitapp erases its data "
            "on this laptop and closes."
        )
        self.column.addWidget(label(said, wrap=True))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("How much is handed in"))
        self.bar.setRange(0, 0)
        self.column.addWidget(self.bar)
        self.cancel.setText(self.tr("Later"))
        self.cancel.setAccessibleName(self.cancel.text())

    def open(self) -> None:
        """Show the dialog and begin."""
        super().open()
        self.attempt()

    def attempt(self) -> None:
        """Hand in, in the background."""

        def work(progress: Progress) -> None:
            self._leaving.hand_in(progress)

        self.primary.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        running = self._runner.run(
            Operation(self.windowTitle(), work, lambda _: self._succeed(), self._fail)
        )
        running.progressed.connect(self._show_progress)

    def done(self, result: int) -> None:
        """Close, once the part that is under way has arrived."""
        self._runner.stop()
        super().done(result)

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(1, total // 1024))
        self.bar.setValue(done // 1024)

    def _succeed(self) -> None:
        self.accept()
        self.confirmed.emit()

    def _fail(self, problem: VisitappError) -> None:
        self.bar.hide()
        self.primary.setEnabled(True)
        self.messages.show_problem(problem)
