"""The dialogs about improvement plans."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.services.plans.views import PlanView
from visitapp.services.views.actions import ActionView
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.plans.plan import AgreeDialog, EndPlanDialog, PlanDialog
from visitapp.ui.dialogs.plans.update import UpdateDialog


class PlanDialogs(PageDialogs):
    """Begins, changes, agrees and ends plans, and adds updates to their actions."""

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
