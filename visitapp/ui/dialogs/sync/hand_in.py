"""A laptop whose access was ended hands in what it has not sent."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from sync.client.link.transport_protocol import BrokenOff
from visitapp.errors import LinkProblem, VisitappError
from visitapp.language import translate
from visitapp.services.rescue.revocation import Leaving
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.shell.operations import Cancelled, Operation, Progress, Runner
from visitapp.ui.widgets.text import label

_AGAIN_MS = 30_000
"""How long it waits after the line broke."""


class HandInDialog(Dialog):
    """Hands in by itself as soon as it opens, and says how far it is; when the line breaks it
    stays, and goes on after a while or when asked. `confirmed` says that the server has everything.
    """

    confirmed = Signal()

    def __init__(self, parent: QWidget, leaving: Leaving) -> None:
        super().__init__(
            parent, translate("This laptop's access was ended"), translate("Try again")
        )
        self._leaving = leaving
        self._runner = Runner(self)
        said = translate(
            "Your council ended this laptop's access. Its unsent work is now handed in to your "
            "administrator, so nothing you wrote is lost. Visitapp then erases its data on this "
            "laptop and closes."
        )
        self.column.addWidget(label(said, wrap=True))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(translate("Progress of the hand-in"))
        self.bar.setRange(0, 0)
        self.column.addWidget(self.bar)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._attempt)
        self.cancel.setText(translate("Later"))
        self.cancel.setAccessibleName(self.cancel.text())

    def open(self) -> None:
        """Show the dialog and begin."""
        super().open()
        self.attempt()

    def attempt(self) -> None:
        """Hand in, in the background."""

        def work(progress: Progress) -> None:
            try:
                self._leaving.hand_in(progress)
            except BrokenOff:
                raise Cancelled from None

        self._again.stop()
        self.primary.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        running = self._runner.run(
            Operation(self.windowTitle(), work, lambda _: self._succeed(), self._fail)
        )
        running.progressed.connect(self._show_progress)

    def done(self, result: int) -> None:
        """Close, and break off what is under way; it goes on from there another time."""
        self._again.stop()
        self._leaving.break_off()
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
        if isinstance(problem, LinkProblem):
            self._again.start()
