"""Hides the window behind its lock, and brings it back as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from visitapp.language import translate
from visitapp.services.locking import Secret
from visitapp.services.services import Services
from visitapp.ui.dialogs.lock.choose_pin import ChoosePinDialog
from visitapp.ui.dialogs.lock.locked import LockedDialog
from visitapp.ui.shell.lock.idle_watch import IdleWatch
from visitapp.ui.shell.navigation.commands import Command
from visitapp.ui.shell.shortcuts import go_keys


class WindowLock(QObject):
    """content: everything in the window. save: what is being typed is saved with it before anything
    is hidden. `said` carries a text for the toast."""

    said = Signal(str)

    def __init__(
        self, window: QWidget, content: QWidget, services: Services, save: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window, self._content = window, content
        self._locking, self._save = services.locking, save
        self._dialog: LockedDialog | None = None
        self._hidden: list[QWidget] = []
        self._focus: QWidget | None = None
        self.idle = IdleWatch(services.locking.minutes, lambda: datetime.now(UTC), self)
        self.idle.idled.connect(self.lock)

    @property
    def is_locked(self) -> bool:
        """Whether nothing can be read."""
        return self._dialog is not None

    def begin(self, *, asks: bool = True) -> None:
        """The window is shown: watch whether somebody is there, and ask for a PIN chosen before.

        asks: false when it was chosen a moment ago.
        """
        self.idle.start()
        if asks and self._locking.secret() == Secret.PIN:
            self.lock()

    def commands(self) -> list[Command]:
        """What the finder offers."""
        found = [Command(translate("Lock the window"), self.lock, go_keys(())["lock"])]
        if self._locking.secret() != Secret.PASSPHRASE:
            found.append(Command(translate("Choose a PIN for the lock"), self._choose_pin))
        return found

    def _choose_pin(self) -> None:
        dialog = ChoosePinDialog(self._window, self._locking)
        dialog.chosen.connect(lambda: self.said.emit(translate("PIN chosen.")))
        dialog.open()

    def lock(self) -> None:
        """Save what is being typed, and hide every page and dialog."""
        if self.is_locked:
            return
        self._save()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self._focus = QApplication.focusWidget()
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        self._hidden = [one for one in shown if one is not self._window.window()]
        for part in (*self._hidden, self._content):
            part.hide()
        self._dialog = LockedDialog(self._window, self._locking)
        self._dialog.accepted.connect(self._unlock)
        self._dialog.show()

    def _unlock(self) -> None:
        self._dialog = None
        self.idle.begin()
        self._content.show()
        for part in self._hidden:
            if isValid(part):
                part.show()
        self._hidden = []
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus()
