"""The dialogs about improvement plans."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from visitapp.errors import VisitappError
from visitapp.language import plural, translate
from visitapp.services.plans.provider.views import ReturnPreview
from visitapp.services.plans.views import PlanView
from visitapp.services.services import Services
from visitapp.services.views.actions import ActionView
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.plans.accuracy import AccuracyDialog
from visitapp.ui.dialogs.plans.plan import AgreeDialog, EndPlanDialog, PlanDialog
from visitapp.ui.dialogs.plans.take_file import PROVIDER_FILES, TakeFileDialog
from visitapp.ui.dialogs.plans.update import UpdateDialog
from visitapp.ui.dialogs.plans.versions import VersionsDialog
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Operation, Progress, Runner


class PlanDialogs(PageDialogs):
    """Begins, changes, agrees and ends plans, adds updates to their actions, and sends them to
    providers and back."""

    def __init__(
        self, window: QWidget, services: Services, runner: Runner, files: FileChooser
    ) -> None:
        super().__init__(window, services)
        self._runner, self._files = runner, files

    def begin(self, setting_id: str) -> None:
        """Begin the plan of a setting."""
        services = self._services
        today = services.desk.today()
        dialog = PlanDialog(self._window, services.plans, setting_id, today)
        dialog.kept.connect(lambda plan: self._saved(translate("Plan begun.")))
        dialog.open()

    def change(self, plan: PlanView) -> None:
        """Change the goal, dates or people of a plan."""
        services = self._services
        today = services.desk.today()
        dialog = PlanDialog(self._window, services.plans, plan.setting_id, today, plan)
        dialog.watch(lambda: services.plans.view(plan.id))
        dialog.kept.connect(lambda kept: self._saved(translate("The plan is saved.")))
        dialog.open()

    def agree(self, plan: PlanView) -> None:
        """Agree the next version of a plan."""
        services = self._services
        dialog = AgreeDialog(self._window, services.plans, plan, services.desk.today())
        dialog.watch(lambda: services.plans.view(plan.id))
        dialog.agreed.connect(
            lambda kept: self._saved(translate("Version {n} is agreed.", n=kept.version))
        )
        dialog.open()

    def end(self, plan: PlanView) -> None:
        """End a plan, or reopen an ended one."""
        dialog = EndPlanDialog(self._window, self._services.plans, plan)
        dialog.watch(lambda: self._services.plans.view(plan.id))
        dialog.ended.connect(lambda kept: self._saved(translate("The plan is saved.")))
        dialog.open()

    def add_found(self, plan: PlanView) -> None:
        """Raise the suggested action for each finding without one."""
        self._services.plans.add_found(plan.id)
        self._saved(translate("The suggested actions are added."))

    def tell(self, action: ActionView) -> None:
        """Add an update to an action."""
        services = self._services
        dialog = UpdateDialog(self._window, services.plans, action, services.desk.today())
        dialog.told.connect(lambda event: self._saved(translate("The update is added.")))
        dialog.open()

    def comments(self, plan: PlanView) -> None:
        """Show what the provider says of the report, and answer it."""
        accuracy = self._services.accuracy
        dialog = AccuracyDialog(self._window, accuracy, accuracy.points(plan.id))
        dialog.watch(lambda: accuracy.points(plan.id))
        dialog.answered.connect(lambda _: self._saved(translate("The answer is saved.")))
        dialog.open()

    def versions(self, plan: PlanView) -> None:
        """Show every version as it was agreed."""
        VersionsDialog(self._window, self._services.plans.versions(plan.id)).open()

    def add_evidence(self, action: ActionView) -> None:
        """Add a photo or document to an action."""
        title = translate("Choose a photo or document")
        file = self._files.open_file(self._window, title)
        if file is not None:
            self._services.evidence.add_to_action(action.id, file)
            self._saved(translate("Evidence added."))

    def save_for_provider(self, plan: PlanView) -> None:
        """Write the agreed version as a PDF and a spreadsheet into a folder."""
        title = translate("Save for the provider")
        folder = self._files.open_folder(self._window, title)
        if folder is None:
            return
        services = self._services

        def work(progress: Progress) -> list[Path]:
            # Late: reportlab would take a tenth of the start.
            from visitapp.reports.plans.save import save_for_provider

            return save_for_provider(services, plan.id, folder, renames=True)

        def done(files: Sequence[Path]) -> None:
            saved = plural("Saved {n} file.", "Saved {n} files.", len(files))
            older = translate("They have the version that was agreed.") if plan.changed else ""
            self.said.emit(" ".join(filter(None, (saved, older))), None)
            self.changed.emit()

        self._runner.run(Operation(title, work, done, _raise))

    def take_file(self, plan: PlanView) -> None:
        """Choose the file that a provider sent back, and show what it says."""
        title = translate("Take the provider's file")
        path = self._files.open_file(self._window, title, PROVIDER_FILES)
        if path is None:
            return
        provider_files = self._services.provider_files

        def work(progress: Progress) -> ReturnPreview:
            return provider_files.preview(plan.id, path)

        self._runner.run(Operation(title, work, self.show_preview, _raise))

    def show_preview(self, preview: ReturnPreview) -> None:
        """Show what a file says, and take the rows that are chosen."""
        dialog = TakeFileDialog(self._window, self._services.provider_files, preview)
        dialog.taken.connect(lambda n: self._saved(plural("Took {n} row.", "Took {n} rows.", n)))
        dialog.open()


def _raise(problem: VisitappError) -> None:
    raise problem
