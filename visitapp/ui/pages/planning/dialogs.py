"""The dialogs of planned visits."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.services.views.planning import PlannedView
from visitapp.ui import words
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.planning.cancel_planned import CancelPlannedDialog
from visitapp.ui.dialogs.planning.move_planned import MovePlannedDialog
from visitapp.ui.dialogs.planning.plan_visit import PlanVisitDialog


class PlanningDialogs(PageDialogs):
    """Plans visits, and moves, confirms and cancels them."""

    def plan(self, setting_id: str) -> None:
        """Plan a visit of a setting."""
        services = self._services
        name = services.settings.view(setting_id).row.name
        dialog = PlanVisitDialog(
            self._window, services.planning, setting_id, name, services.desk.today()
        )
        dialog.planned.connect(lambda plan: self._saved(self._said(plan)))
        dialog.open()

    def move(self, plan: PlannedView) -> None:
        """Move a planned visit to another day."""
        services = self._services
        dialog = MovePlannedDialog(self._window, services.planning, plan, services.desk.today())
        dialog.moved.connect(lambda moved: self._saved(self._said(moved)))
        dialog.open()

    def move_by_id(self, plan_id: str) -> None:
        """Move the planned visit with that id."""
        self.move(self._services.planning.view(plan_id))

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
