"""Says why the desktop cannot open, or what became of its data."""

from __future__ import annotations

from visitapp.errors import Code, VisitappError
from visitapp.language import translate
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.sync.save_rescue import RescueDialog, Save
from visitapp.ui.files import FileChooser
from visitapp.ui.widgets.text import button


class NoticeDialog(Dialog):
    """A problem that stands in the way before there is a window.

    save: writes what was not sent from data that is damaged; offered when it is given.
    """

    def __init__(self, problem: VisitappError, save: Save | None = None) -> None:
        was_erased = problem.code == Code.DEVICE_ERASED
        heading = translate("The data on this laptop was erased") if was_erased else ""
        super().__init__(None, heading or translate("Visitapp cannot open"), translate("Close"))
        self.cancel.hide()
        self.messages.dismiss.hide()
        self.messages.show_problem(problem)
        self.rescue = button(translate("Save unsent work to a file…"))
        self.rescue.setVisible(save is not None)
        self.add_way(self.rescue)
        if save is not None:
            self.rescue.clicked.connect(lambda: RescueDialog(self, save, FileChooser()).open())

    def attempt(self) -> None:
        """Close."""
        self.accept()
