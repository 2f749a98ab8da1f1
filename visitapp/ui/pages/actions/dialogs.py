"""The dialogs of improvement actions."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.services.views.actions import ActionView
from visitapp.ui.dialogs.actions.action import ActionDialog, edit_action, new_action
from visitapp.ui.dialogs.page_dialogs import PageDialogs


class ActionDialogs(PageDialogs):
    """Adds an action to a setting's plan, or brings one up to date."""

    def add(self, setting_id: str) -> None:
        """Add an action to a setting's plan."""
        today = self._services.desk.today()
        actions = self._services.actions
        self._open(new_action(self._window, actions, today, setting_id=setting_id))

    def edit(self, action: ActionView) -> None:
        """Bring an action up to date."""
        today = self._services.desk.today()
        self._open(edit_action(self._window, self._services.actions, today, action))

    def _open(self, dialog: ActionDialog) -> None:
        dialog.kept.connect(lambda action: self._saved(translate("Action saved.")))
        dialog.open()
