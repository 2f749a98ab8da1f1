"""The dialogs of the page of notices."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from visitapp.services.notices.notices import NoticeView
from visitapp.services.services import Services
from visitapp.ui.dialogs.notices.notice_text import NoticeTextDialog
from visitapp.ui.dialogs.notices.recipients import RecipientsDialog
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look


class NoticeDialogs(PageDialogs):
    """Shows a notice, and who receives them."""

    def __init__(self, window: QWidget, services: Services, look: Look) -> None:
        super().__init__(window, services)
        self._look = look

    def show(self, notice: NoticeView) -> None:
        """Show the whole text of a notice."""
        dialog = NoticeTextDialog(self._window, notice)
        dialog.setting_requested.connect(lambda id_: self.went.emit(Route("setting", id_)))
        dialog.open()

    def recipients(self) -> None:
        """Show and change who receives notices."""
        dialog = RecipientsDialog(self._window, self._services.notices, self._look)
        dialog.changed.connect(self.changed)
        dialog.open()
