"""The dialogs of the link with the server."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.services.services import Services
from visitapp.services.views.people import Person
from visitapp.services.views.sync import RefusedChange
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.sync.connect import ConnectDialog
from visitapp.ui.dialogs.sync.discard_change import DiscardAllDialog, DiscardDialog
from visitapp.ui.dialogs.sync.load_rescue import LoadRescueDialog
from visitapp.ui.dialogs.sync.removal import RemovalDialog
from visitapp.ui.dialogs.sync.save_rescue import RescueDialog
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Runner


class SyncDialogs(PageDialogs):
    """`connected` says that this laptop was signed in, `removal_agreed` that a sync may remove many
    records."""

    connected = Signal()
    removal_agreed = Signal()

    def __init__(
        self, window: QWidget, services: Services, runner: Runner, files: FileChooser
    ) -> None:
        super().__init__(window, services)
        self._runner, self._files = runner, files

    def connect_server(self) -> None:
        """Sign this laptop in to a server."""
        server = self._services.connection.state().server
        dialog = ConnectDialog(self._window, self._services.connection, self._runner, server)
        dialog.connected.connect(self._signed_in)
        dialog.open()

    def ask_removal(self, problem: VisitappError) -> None:
        """Ask whether a sync may remove as much as the problem says."""
        dialog = RemovalDialog(self._window, problem)
        dialog.agreed.connect(self.removal_agreed)
        dialog.open()

    def discard_change(self, change: RefusedChange) -> None:
        """Ask whether a change that the server rejected may be discarded."""
        dialog = DiscardDialog(self._window, self._services.connection, change)
        discarded = translate("Your change was discarded. The server's version is shown.")
        dialog.discarded.connect(lambda: self._saved(discarded))
        dialog.open()

    def discard_all(self) -> None:
        """Ask whether everything that the server rejected may be discarded."""
        connection = self._services.connection
        dialog = DiscardAllDialog(self._window, connection, connection.state().refused)
        discarded = translate("Your changes were discarded. The server's versions are shown.")
        dialog.discarded.connect(lambda: self._saved(discarded))
        dialog.open()

    def save_rescue(self) -> None:
        """Save unsent work to a file."""
        RescueDialog(self._window, self._services.rescue.save, self._files).open()

    def load_rescue(self) -> None:
        """Load the work that another computer could not send."""
        dialog = LoadRescueDialog(self._window, self._services.rescue, self._files)
        dialog.loaded.connect(self.changed)
        dialog.open()

    def _signed_in(self, person: Person) -> None:
        self._saved(translate("Signed in as {name}.", name=person.title or person.name))
        self.connected.emit()
