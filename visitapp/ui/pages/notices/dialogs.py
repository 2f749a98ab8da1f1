"""The dialogs of the page of notices."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.rules.text import safe_file_name
from visitapp.services.notices.notices import NoticeView
from visitapp.services.services import Services
from visitapp.ui.dialogs.notices.notice_text import NoticeTextDialog
from visitapp.ui.dialogs.notices.recipients import RecipientsDialog
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look


class NoticeDialogs(PageDialogs):
    """Shows a notice, and who receives them."""

    def __init__(self, window: QWidget, services: Services, look: Look, files: FileChooser) -> None:
        super().__init__(window, services)
        self._look, self._files = look, files

    def show(self, notice: NoticeView) -> None:
        """Show the whole text of a notice."""
        dialog = NoticeTextDialog(self._window, notice)
        dialog.setting_requested.connect(lambda id_: self.went.emit(Route("setting", id_)))
        dialog.print_requested.connect(self._print)
        dialog.open()

    def _print(self, notice: NoticeView) -> None:
        """Save a notice as a PDF."""
        name = translate("Notice {setting}", setting=notice.setting)
        suggested = safe_file_name(f"{name} {notice.made_at.date()}") + ".pdf"
        out = self._files.save_pdf(self._window, translate("Save the notice"), suggested)
        if out is None:
            return
        # Late: reportlab would take a tenth of the start.
        from visitapp.reports.notice.notice import write_notice

        write_notice(notice, out, printed_at=self._services.desk.clock().astimezone())
        self.said.emit(translate("Notice saved to {file}.", file=out), None)

    def recipients(self) -> None:
        """Show and change who receives notices."""
        dialog = RecipientsDialog(self._window, self._services.notices, self._look)
        dialog.changed.connect(self.changed)
        dialog.open()
