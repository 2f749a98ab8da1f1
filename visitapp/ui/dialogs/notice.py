"""Says why the desktop cannot open."""

from __future__ import annotations

from visitapp.errors import VisitappError
from visitapp.ui.dialogs.dialog import Dialog


class NoticeDialog(Dialog):
    """A problem that stands in the way before there is a window."""

    def __init__(self, problem: VisitappError) -> None:
        super().__init__(None, self.tr("Visitapp cannot open"), self.tr("Close"))
        self.cancel.hide()
        self.messages.dismiss.hide()
        self.messages.show_problem(problem)

    def attempt(self) -> None:
        """Close."""
        self.accept()
