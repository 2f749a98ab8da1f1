"""The dialogs of planned visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QApplication, QWidget

from visitapp.language import plural, translate
from visitapp.reports.calendar.ics import save_calendar
from visitapp.rules.text import safe_file_name
from visitapp.services.services import Services
from visitapp.services.views.planner import PlannedPlace
from visitapp.services.views.planning import PlannedView
from visitapp.ui import words
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.planning.cancel_planned import CancelPlannedDialog
from visitapp.ui.dialogs.planning.move_planned import MovePlannedDialog
from visitapp.ui.dialogs.planning.plan_visit import PlanVisitDialog
from visitapp.ui.files import FileChooser


class PlanningDialogs(PageDialogs):
    """Plans visits, and moves, confirms and cancels them."""

    def plan(self, setting_id: str) -> None:
        """Plan a visit of a setting, over the dialog that asks for it."""
        services, over = self._services, QApplication.activeModalWidget() or self._window
        name = services.settings.view(setting_id).row.name
        dialog = PlanVisitDialog(over, services.planning, setting_id, name, services.desk.today())
        dialog.planned.connect(lambda plan: self._saved(self._said(plan)))
        dialog.open()

    def __init__(self, window: QWidget, services: Services, files: FileChooser) -> None:
        super().__init__(window, services)
        self._files = files

    def move(self, plan: PlannedView, day: date | None = None) -> None:
        """Move a planned visit to another day; `day`: the one to offer."""
        services = self._services
        today = services.desk.today()
        dialog = MovePlannedDialog(self._window, services.planning, plan, today, day)
        dialog.moved.connect(lambda moved: self._saved(self._said(moved)))
        dialog.open()

    def move_by_id(self, plan_id: str, day: date | None = None) -> None:
        """Move the planned visit with that id."""
        self.move(self._services.planning.view(plan_id), day)

    def save_calendar(self, visits: Sequence[PlannedPlace]) -> None:
        """Save visits as a calendar file."""
        if not visits:
            self.said.emit(translate("There is no visit to come to put into a calendar."), None)
            return
        names = {one.plan.setting for one in visits}
        suggested = names.pop() if len(names) == 1 else translate("Visits")
        title = translate("Save a calendar file")
        path = self._files.save_file(self._window, title, f"{safe_file_name(suggested)}.ics")
        if path is not None:
            written = save_calendar(visits, path.with_suffix(".ics"), self._services.desk.clock())
            many = plural("{n} visit", "{n} visits", len(visits))
            said = translate("Saved {visits} to {file}.", visits=many, file=written.name)
            self.said.emit(said, None)

    def cancel(self, plan: PlannedView) -> None:
        """Cancel a planned visit."""
        dialog = CancelPlannedDialog(self._window, self._services.planning, plan)
        dialog.cancelled.connect(lambda: self._saved(translate("The planned visit is cancelled.")))
        dialog.open()

    def confirm(self, plan: PlannedView) -> None:
        """Note that the day is agreed."""
        self._services.planning.confirm(plan.id)
        self._saved(
            translate(
                "{visit} on {day} is confirmed.",
                visit=words.purpose_visit(plan.purpose),
                day=words.day(plan.planned_on),
            )
        )

    def _said(self, plan: PlannedView) -> str:
        said = translate(
            "{visit} planned for {day}.",
            visit=words.purpose_visit(plan.purpose),
            day=words.day(plan.planned_on),
        )
        if plan.for_lead:
            return f"{said} {translate('Your team lead sees that it was moved often.')}"
        return said
