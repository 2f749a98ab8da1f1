"""The dialogs of the portfolio and of a setting."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.services.services import Services
from visitapp.services.views.decided.placements import PlacementView
from visitapp.services.views.settings import HygieneCandidate, PortfolioRow
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.settings.add_setting import AddSettingDialog
from visitapp.ui.dialogs.settings.assess_risk import AssessRiskDialog
from visitapp.ui.dialogs.settings.decide_position import PositionDialog
from visitapp.ui.dialogs.settings.hygiene import HygieneDialog
from visitapp.ui.dialogs.settings.legal_hold import LiftHoldDialog, SetHoldDialog
from visitapp.ui.dialogs.settings.record_event import EventDialog
from visitapp.ui.dialogs.settings.regulator_action import RegulatorActionDialog
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Runner
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look


class SettingDialogs(PageDialogs):
    """Adds settings, assesses their risk and confirms their food hygiene ratings.
    `by_hand_requested` asks for a setting that no directory has."""

    by_hand_requested = Signal()

    def __init__(
        self, window: QWidget, services: Services, look: Look, runner: Runner, files: FileChooser
    ) -> None:
        super().__init__(window, services)
        self._look, self._runner, self._files = look, runner, files

    def add(self) -> AddSettingDialog:
        """Find a setting and add it; gives the dialog, which is open."""
        services = self._services
        dialog = AddSettingDialog(
            self._window,
            services.settings,
            services.directory,
            services.regulator_files,
            self._look,
            self._runner,
            self._files,
        )
        dialog.added.connect(self._added)
        dialog.imported.connect(self.changed)
        dialog.by_hand_requested.connect(self.by_hand_requested)
        dialog.open()
        return dialog

    def import_file(self) -> None:
        """Choose a ratings file, then find a setting in it and add it."""
        self.add().choose_file()

    def open_link(self, address: str) -> None:
        """Open the regulator's page about a location."""
        self._files.open_link(address)

    def assess_risk(self, setting_id: str) -> None:
        """Choose a risk model, and open a setting's assessment by it."""
        services = self._services
        row = services.settings.view(setting_id).row
        forms = services.desk.library.summaries()
        dialog = AssessRiskDialog(self._window, services.risk, row, forms)
        dialog.opened.connect(self._assessment_opened)
        dialog.open()

    def decide_position(self, setting_id: str) -> None:
        """Decide whether a setting takes new placements."""
        services = self._services
        today = services.desk.today()
        dialog = PositionDialog(self._window, services.placements, setting_id, today)
        dialog.decided.connect(self._decided)
        dialog.open()

    def record_event(self, setting_id: str) -> None:
        """Record a significant event at a setting."""
        services = self._services
        row = services.settings.view(setting_id).row
        setting, today = (setting_id, row.name, row.rag), services.desk.today()
        dialog = EventDialog(self._window, services.events, setting, today)
        dialog.recorded.connect(
            lambda event: self._saved(translate("Event recorded at {name}.", name=event.setting))
        )
        dialog.open()

    def record_enforcement(self, setting_id: str) -> None:
        """Record what a regulator did about a setting, or when that ended."""
        services = self._services
        today = services.desk.today()
        actions = services.regulator_actions
        dialog = RegulatorActionDialog(self._window, actions, setting_id, today)
        dialog.recorded.connect(
            lambda _action: self._saved(translate("The regulator's action is recorded."))
        )
        dialog.open()

    def set_hold(self, setting_id: str) -> None:
        """Set a legal hold, from a setting."""
        dialog = SetHoldDialog(self._window, self._services.legal_holds, setting_id)
        dialog.held.connect(
            lambda: self._saved(translate("These records are kept until the hold is lifted."))
        )
        dialog.open()

    def lift_hold(self, hold_id: str) -> None:
        """End a legal hold."""
        holds = self._services.legal_holds
        view = next(one for one in holds.list() if one.id == hold_id)
        dialog = LiftHoldDialog(self._window, holds, view)
        dialog.lifted.connect(lambda: self._saved(translate("The legal hold is lifted.")))
        dialog.open()

    def _decided(self, view: PlacementView) -> None:
        self._saved(
            translate(
                "{name}, new placements: {position}.",
                name=view.setting,
                position=view.position_word.lower(),
            )
        )

    def match_hygiene(self, setting_id: str) -> None:
        """Confirm which food hygiene rating is a setting's."""
        settings = self._services.settings
        dialog = HygieneDialog(self._window, settings, settings.view(setting_id).row)
        dialog.kept.connect(lambda found: self._saved(self._hygiene_words(found)))
        dialog.open()

    def _hygiene_words(self, found: HygieneCandidate | None) -> str:
        if found is None:
            return translate("This setting has no food hygiene rating confirmed.")
        return translate("Confirmed the food hygiene rating of {name}.", name=found.name)

    def _added(self, row: PortfolioRow) -> None:
        def undo() -> None:
            self._services.settings.take_back(row.setting_id)
            self.went.emit(Route("portfolio"))
            self._saved(translate("{name} is no longer in your portfolio.", name=row.name))

        self.said.emit(translate("{name} is in your portfolio.", name=row.name), undo)
        self.changed.emit()
        self.went.emit(Route("setting", row.setting_id))

    def _assessment_opened(self, assessment_id: str) -> None:
        self.changed.emit()
        self.went.emit(Route("visit", assessment_id))
