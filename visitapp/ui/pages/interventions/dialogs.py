"""The dialogs about interventions."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.rules.text import safe_file_name
from visitapp.services.interventions.views import CriterionView, InterventionView
from visitapp.services.services import Services
from visitapp.ui.dialogs.interventions.criteria import (
    CriterionDialog,
    DropCriterionDialog,
    ReadingDialog,
)
from visitapp.ui.dialogs.interventions.referral import (
    AcceptDialog,
    ChangeDialog,
    ReferDialog,
)
from visitapp.ui.dialogs.interventions.step import InterventionStepDialog, SeriesDialog
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.files import FileChooser


class InterventionDialogs(PageDialogs):
    """Refers and decides, sets and reads criteria, plans visits, takes steps, prints the report."""

    def __init__(self, window: QWidget, services: Services, files: FileChooser) -> None:
        super().__init__(window, services)
        self._files = files

    def refer(self, setting_id: str) -> None:
        """Refer a setting."""
        dialog = ReferDialog(self._window, self._services.interventions, setting_id)
        dialog.kept.connect(lambda _: self._saved(translate("The setting is referred.")))
        dialog.open()

    def accept(self, one: InterventionView) -> None:
        """Accept a referral."""
        services = self._services
        dialog = AcceptDialog(self._window, services.interventions, one, services.desk.today())
        dialog.watch(lambda: services.interventions.view(one.id))
        dialog.kept.connect(lambda _: self._saved(translate("The referral is accepted.")))
        dialog.open()

    def step(self, one: InterventionView) -> None:
        """Take it a step further."""
        services = self._services
        today = services.desk.today()
        dialog = InterventionStepDialog(self._window, services.interventions, one, today)
        dialog.watch(lambda: services.interventions.view(one.id))
        dialog.kept.connect(lambda _: self._saved(translate("The step is saved.")))
        dialog.open()

    def change(self, one: InterventionView) -> None:
        """Give it another officer or end."""
        services = self._services
        dialog = ChangeDialog(self._window, services.interventions, one, services.desk.today())
        dialog.watch(lambda: services.interventions.view(one.id))
        dialog.kept.connect(lambda _: self._saved(translate("The change is saved.")))
        dialog.open()

    def criterion(self, one: InterventionView) -> None:
        """Set an exit criterion."""
        dialog = CriterionDialog(self._window, self._services.exit_criteria, one)
        dialog.kept.connect(lambda _: self._saved(translate("The exit criterion is set.")))
        dialog.open()

    def read(self, criterion: CriterionView) -> None:
        """Write down what was counted."""
        services = self._services
        today = services.desk.today()
        dialog = ReadingDialog(self._window, services.exit_criteria, criterion, today)
        dialog.kept.connect(lambda _: self._saved(translate("The reading is saved.")))
        dialog.open()

    def drop(self, criterion: CriterionView) -> None:
        """Take a criterion away."""
        dialog = DropCriterionDialog(self._window, self._services.exit_criteria, criterion)
        dialog.kept.connect(lambda _: self._saved(translate("The criterion is removed.")))
        dialog.open()

    def plan(self, one: InterventionView) -> None:
        """Plan a series of visits."""
        services = self._services
        weeks = services.interventions.rules().visit_weeks
        today = services.desk.today()
        dialog = SeriesDialog(self._window, services.visit_series, one, today, weeks)
        dialog.planned.connect(lambda _: self._saved(translate("The visits are planned.")))
        dialog.open()

    def report(self, one: InterventionView) -> None:
        """Save the report of an intervention."""
        name = translate("Intervention {setting}", setting=one.setting)
        title = translate("Save the report of the intervention")
        out = self._files.save_pdf(self._window, title, safe_file_name(name) + ".pdf")
        if out is None:
            return
        # Late: reportlab would take a tenth of the start.
        from visitapp.reports.interventions.closure import save_intervention

        save_intervention(self._services, one.id, out)
        self.said.emit(translate("Report saved to {file}.", file=out), None)
