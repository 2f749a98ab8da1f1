"""Opens the dialogs: the window asks for a deed, and hears what came of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from visitapp.errors import VisitappError
from visitapp.services.services import Services
from visitapp.services.views.actions import ActionView
from visitapp.services.views.people import Person
from visitapp.services.views.settings import HygieneCandidate, PortfolioRow
from visitapp.services.views.sync import RefusedChange
from visitapp.ui.dialogs.action import ActionDialog, edit_action, new_action
from visitapp.ui.dialogs.add_setting import AddSettingDialog
from visitapp.ui.dialogs.assess_risk import AssessRiskDialog
from visitapp.ui.dialogs.connect import ConnectDialog
from visitapp.ui.dialogs.discard import DiscardDialog
from visitapp.ui.dialogs.help import HelpDialog
from visitapp.ui.dialogs.hygiene import HygieneDialog
from visitapp.ui.dialogs.removal import RemovalDialog
from visitapp.ui.dialogs.return_visit import ReturnDialog
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Runner
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look


class Doorman(QObject):
    """`went` carries a Route to go to, `said` a text for the toast, `changed` that something was
    written, `connected` that this laptop was signed in, `agreed` that a sync may remove much."""

    went = Signal(object)
    said = Signal(str, object)
    changed = Signal()
    connected = Signal()
    agreed = Signal()

    def __init__(
        self, window: QWidget, services: Services, look: Look, runner: Runner, files: FileChooser
    ) -> None:
        super().__init__(window)
        self._window, self._services = window, services
        self._look, self._runner, self._files = look, runner, files

    def import_settings(self) -> None:
        """Choose a ratings file, then find a setting in it and add it."""
        self.add_setting().choose_file()

    def add_setting(self) -> AddSettingDialog:
        """Find a setting and add it; gives the dialog, which is open."""
        services = self._services
        dialog = AddSettingDialog(
            self._window,
            services.settings,
            services.directory,
            self._look,
            self._runner,
            self._files,
        )
        dialog.added.connect(self._setting_added)
        dialog.search.setFocus()
        dialog.open()
        return dialog

    def ask_removal(self, problem: VisitappError) -> None:
        """Ask whether a sync may remove as much as the problem says."""
        dialog = RemovalDialog(self._window, problem)
        dialog.agreed.connect(self.agreed)
        dialog.open()

    def discard_change(self, change: RefusedChange) -> None:
        """Ask whether a change that the server refused may be given up."""
        dialog = DiscardDialog(self._window, self._services.connection, change)
        taken = self.tr("The server's version is taken back.")
        dialog.discarded.connect(lambda: self._kept(taken))
        dialog.open()

    def plan_action(self, setting_id: str) -> None:
        """Add an action to a setting's plan."""
        services = self._services
        today = services.desk.today()
        self._open_action(new_action(self._window, services.actions, today, setting_id=setting_id))

    def edit_action(self, action: ActionView) -> None:
        """Bring an action up to date."""
        services = self._services
        today = services.desk.today()
        self._open_action(edit_action(self._window, services.actions, today, action))

    def assess_risk(self, setting_id: str) -> None:
        """Choose a risk model, and open a setting's assessment by it."""
        services = self._services
        row = services.settings.view(setting_id).row
        forms = services.desk.library.summaries()
        dialog = AssessRiskDialog(self._window, services.risk, row, forms)
        dialog.opened.connect(self._assessment_opened)
        dialog.open()

    def match_hygiene(self, setting_id: str) -> None:
        """Confirm which food hygiene rating is a setting's."""
        settings = self._services.settings
        dialog = HygieneDialog(self._window, settings, settings.view(setting_id).row)
        dialog.kept.connect(lambda found: self._kept(self._hygiene_words(found)))
        dialog.open()

    def _hygiene_words(self, found: HygieneCandidate | None) -> str:
        if found is None:
            return self.tr("No food hygiene rating is this setting's.")
        return self.tr("The rating of {name} is this setting's.").format(name=found.name)

    def return_visit(self, visit_id: str) -> None:
        """Return a visit with comments."""
        dialog = ReturnDialog(self._window, self._services.reviews, visit_id)
        dialog.returned.connect(lambda view: self._kept(self.tr("Returned with your comments.")))
        dialog.open()

    def connect_server(self) -> None:
        """Sign this laptop in to a server."""
        server = self._services.connection.state().server
        dialog = ConnectDialog(self._window, self._services.connection, self._runner, server)
        dialog.connected.connect(self._signed_in)
        dialog.open()

    def help(self) -> None:
        """Show the keys."""
        HelpDialog(self._window).open()

    def _open_action(self, dialog: ActionDialog) -> None:
        dialog.kept.connect(lambda action: self._kept(self.tr("Action saved.")))
        dialog.title.setFocus()
        dialog.open()

    def _kept(self, text: str) -> None:
        self.said.emit(text, None)
        self.changed.emit()

    def _setting_added(self, row: PortfolioRow) -> None:
        self._kept(self.tr("{name} is in your portfolio.").format(name=row.name))
        self.went.emit(Route("setting", row.setting_id))

    def _assessment_opened(self, assessment_id: str) -> None:
        self.changed.emit()
        self.went.emit(Route("visit", assessment_id))

    def _signed_in(self, person: Person) -> None:
        self._kept(self.tr("Signed in as {name}.").format(name=person.title or person.name))
        self.connected.emit()
