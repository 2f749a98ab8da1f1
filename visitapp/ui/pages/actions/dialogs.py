"""The dialogs of improvement actions."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from visitapp.errors import VisitappError
from visitapp.language import plural, translate
from visitapp.services.services import Services
from visitapp.services.views.action_sheets import SheetPreview
from visitapp.services.views.actions import ActionView
from visitapp.ui.dialogs.actions.action import ActionDialog, edit_action, new_action
from visitapp.ui.dialogs.actions.import_actions import ACTION_FILES, ImportActionsDialog
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Operation, Progress, Runner
from visitapp.ui.theme.look import Look


class ActionDialogs(PageDialogs):
    """Adds an action to a setting's plan, brings one up to date, or many from a file."""

    def __init__(
        self, window: QWidget, services: Services, look: Look, runner: Runner, files: FileChooser
    ) -> None:
        super().__init__(window, services)
        self._look, self._runner, self._files = look, runner, files

    def import_file(self) -> None:
        """Choose a list of actions that was exported and changed, and show what it would change."""
        title = translate("Import due dates and owners")
        path = self._files.open_file(self._window, title, ACTION_FILES)
        if path is None:
            return
        sheets = self._services.action_sheets

        def work(progress: Progress) -> SheetPreview:
            return sheets.preview(path)

        def failed(problem: VisitappError) -> None:
            raise problem

        self._runner.run(Operation(title, work, self.show_preview, failed))

    def show_preview(self, preview: SheetPreview) -> None:
        """Show what a file would change, and ask whether to take it."""
        dialog = ImportActionsDialog(
            self._window, self._services.action_sheets, preview, self._look
        )
        dialog.imported.connect(
            lambda n: self._saved(plural("Changed {n} action.", "Changed {n} actions.", n))
        )
        dialog.open()

    def add(self, setting_id: str) -> None:
        """Add an action to a setting's plan."""
        today = self._services.desk.today()
        actions = self._services.actions
        self._open(new_action(self._window, actions, today, setting_id=setting_id))

    def edit(self, action: ActionView, status: str = "") -> None:
        """Bring an action up to date; with a status that is chosen already, where it comes next."""
        today = self._services.desk.today()
        dialog = edit_action(self._window, self._services.actions, today, action)
        if status:
            dialog.choose_step(status)
        self._open(dialog)

    def edit_by_id(self, action_id: str) -> None:
        """Bring the action with that id up to date."""
        self.edit(self._services.actions.view(action_id))

    def _open(self, dialog: ActionDialog) -> None:
        dialog.kept.connect(lambda action: self._saved(translate("Action saved.")))
        dialog.open()
