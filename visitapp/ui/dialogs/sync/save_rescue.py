"""Save what was not sent yet to one encrypted file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.errors import Code, Refused, VisitappError
from visitapp.language import message, plural, translate
from visitapp.services.views.rescue import RescueSaved
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Operation, Progress, Runner
from visitapp.ui.widgets.text import label

Save = Callable[[Path, str], RescueSaved]
SUGGESTED = "unsent-work.rescue"


class RescueDialog(Dialog):
    """Asks for a passphrase twice and a place, and saves in the background.

    save: writes the file under a passphrase. Works without a window and without open data.
    """

    def __init__(self, parent: QWidget | None, save: Save, files: FileChooser) -> None:
        super().__init__(parent, translate("Save unsent work to a file"), translate("Save"))
        self._save, self._files = save, files
        self._runner = Runner(self)
        self._saved = False
        teaching = translate(
            "Everything the server does not have yet goes into one encrypted file. Load it on "
            "another computer with visitapp rescue. Keep the passphrase separate from the file. "
            "Nobody can recover it."
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.passphrase, self.again = QLineEdit(), QLineEdit()
        for field, caption in (
            (self.passphrase, translate("Passphrase of the file")),
            (self.again, translate("Passphrase again")),
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            self.add_field(caption, field)

    def attempt(self) -> None:
        """Ask where, and save there; once it is saved, close."""
        if self._saved:
            self.accept()
            return
        if self.passphrase.text() != self.again.text():
            raise Refused(
                Code.BAD_VALUE,
                message("The two passphrases differ."),
                message("Type the same passphrase in both fields."),
            )
        out = self._files.save_file(self, translate("Save the rescue file"), SUGGESTED)
        if out is None:
            return
        phrase = self.passphrase.text()

        def work(progress: Progress) -> RescueSaved:
            return self._save(out, phrase)

        self.primary.setEnabled(False)
        self._runner.run(Operation(self.windowTitle(), work, self._succeed, self._fail))

    def done(self, result: int) -> None:
        """Close, once what is being written is whole."""
        self._runner.stop()
        super().done(result)

    def _succeed(self, saved: RescueSaved) -> None:
        self._saved = True
        what = plural(
            "{n} change saved to {file}.",
            "{n} changes saved to {file}.",
            saved.changes,
            file=saved.file,
        )
        lost = saved.pages_lost + saved.rows_lost + saved.photos_lost
        more = translate("Some of the damaged data could not be read; the rest is in the file.")
        self.messages.show_text(what, more if lost else "")
        self.primary.setText(translate("Close"))
        self.primary.setAccessibleName(self.primary.text())
        self.primary.setEnabled(True)
        self.cancel.hide()

    def _fail(self, problem: VisitappError) -> None:
        self.primary.setEnabled(True)
        self.messages.show_problem(problem)
