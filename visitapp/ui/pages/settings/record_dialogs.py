"""The dialogs that change a setting's place in the register: its fields, its facts, its life."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.rules.market_choices import SettingStatus
from visitapp.services.services import Services
from visitapp.services.views.settings import FactView
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.records.dialog import Kept, RecordDialog
from visitapp.ui.dialogs.settings.close_setting import (
    CloseSettingDialog,
    MergeSettingDialog,
    ReopenSettingDialog,
)
from visitapp.ui.dialogs.settings.edit_setting import EditSettingDialog
from visitapp.ui.dialogs.settings.facts import FactDialog, FactsDialog
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look

_STEPS: dict[str, Callable[..., RecordDialog]] = {
    SettingStatus.CLOSED: CloseSettingDialog,
    SettingStatus.MERGED: MergeSettingDialog,
    SettingStatus.OPEN: ReopenSettingDialog,
}


class SettingRecordDialogs(PageDialogs):
    """Adds a setting by hand, edits one, records facts, closes, merges and opens again."""

    def __init__(self, window: QWidget, services: Services, look: Look) -> None:
        super().__init__(window, services)
        self._look = look

    def add(self) -> None:
        """Add a setting that no directory has."""
        dialog = EditSettingDialog(self._window, self._services)
        dialog.kept.connect(self._added)
        dialog.open()

    def edit(self, setting_id: str) -> None:
        """Edit a setting."""

        def kept(kept: Kept) -> None:
            def undo() -> None:
                self._services.setting_editing.edit(setting_id, **kept.before)
                self._saved(translate("Change undone."))

            self.said.emit(translate("{name} is saved.", name=kept.saved.name), undo)
            self.changed.emit()

        dialog = EditSettingDialog(self._window, self._services, setting_id)
        dialog.kept.connect(kept)
        dialog.open()

    def step(self, setting_id: str, after: str) -> None:
        """Close a setting, merge it or open it again."""
        row = self._services.settings.view(setting_id).row
        dialog = _STEPS[after](self._window, self._services, row)
        dialog.kept.connect(lambda kept: self._stepped(kept, after))
        dialog.open()

    def remove(self, setting_id: str) -> None:
        """Remove a setting that was added by mistake and has no record; the toast brings it
        back."""
        settings = self._services.settings
        row = settings.view(setting_id).row

        def undo() -> None:
            settings.bring_back(setting_id)
            self.changed.emit()
            self.went.emit(Route("setting", setting_id))

        settings.take_back(setting_id)
        self.went.emit(Route("portfolio"))
        self.said.emit(translate("{name} is no longer in your portfolio.", name=row.name), undo)
        self.changed.emit()

    def facts(self, setting_id: str) -> None:
        """Show every fact of a setting, and record others."""
        over = FactsDialog(self._window, self._services, setting_id, self._look)
        over.fact_requested.connect(lambda: self._record_fact(over, setting_id))
        over.correction_requested.connect(lambda fact: self._record_fact(over, setting_id, fact))
        over.open()

    def _record_fact(
        self, over: FactsDialog, setting_id: str, wrong: FactView | None = None
    ) -> None:
        def kept() -> None:
            over.show_facts()
            self._saved(translate("The fact is recorded."))

        dialog = FactDialog(over, self._services, setting_id, wrong)
        dialog.kept.connect(kept)
        dialog.open()

    def _added(self, kept: Kept) -> None:
        row = kept.saved

        def undo() -> None:
            self._services.settings.take_back(row.setting_id)
            self.went.emit(Route("portfolio"))
            self._saved(translate("{name} is no longer in your portfolio.", name=row.name))

        self.said.emit(translate("{name} is in your portfolio.", name=row.name), undo)
        self.changed.emit()
        self.went.emit(Route("setting", row.setting_id))

    def _stepped(self, kept: Kept, after: str) -> None:
        name = kept.saved.name
        said = {
            SettingStatus.CLOSED: translate("{name} is closed. It can be reopened.", name=name),
            SettingStatus.MERGED: translate("{name} is merged. It can be reopened.", name=name),
            SettingStatus.OPEN: translate("{name} is open again.", name=name),
        }
        self._saved(said[SettingStatus(after)])
