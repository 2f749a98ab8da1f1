"""Take in a rescue file: what it holds first, then what became of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from visitapp.errors import Code, Refused, VisitappError
from visitapp.language import message, plural, translate
from visitapp.services.rescue.rescue import Rescue
from visitapp.services.views.rescue import RescueFound, RescueLoaded
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import type_again
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Operation, Progress, Runner
from visitapp.ui.widgets.text import button, label


class LoadRescueDialog(Dialog):
    """`loaded` tells that what the file held waits here now."""

    loaded = Signal()

    def __init__(self, parent: QWidget | None, rescue: Rescue, files: FileChooser) -> None:
        super().__init__(parent, translate("Load a rescue file"), translate("Check file"))
        self._rescue, self._files = rescue, files
        self._runner = Runner(self)
        self._path: Path | None = None
        self._found: RescueFound | None = None
        self._done = False
        teaching = translate(
            "Load work that another computer could not send, and send it from here. You see the "
            "contents of the file before you load it. Loading it twice does no harm."
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.choose = button(translate("Choose the file…"))
        self.choose.clicked.connect(self._choose)
        self._name = label(translate("No file chosen"), tone="muted")
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self._name, 1)
        self.column.addLayout(row)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.add_field(translate("Passphrase of the file"), self.passphrase)
        self.summary = label(wrap=True)
        self.summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.summary.setAccessibleName(translate("Contents of the file"))
        self.summary.hide()
        self.column.addWidget(self.summary)

    def attempt(self) -> None:
        """Look inside, then load, then close."""
        if self._done:
            self.accept()
            return
        path, phrase = self._path, self.passphrase.text()
        if path is None:
            raise Refused(
                Code.BAD_VALUE, message("No file is chosen."), message("Choose the rescue file.")
            )
        look = self._found is None

        def work(progress: Progress) -> RescueFound | RescueLoaded:
            return self._rescue.look(path, phrase) if look else self._rescue.load(path, phrase)

        self._hold(True)
        done = self._show_found if look else self._show_loaded
        self._runner.run(Operation(self.windowTitle(), work, done, self._fail))

    def done(self, result: int) -> None:
        """Close, once what is being taken in is whole."""
        self._runner.stop()
        super().done(result)

    def _choose(self) -> None:
        path = self._files.open_file(self, translate("Rescue file"))
        if path is not None:
            self._path = path
            self._name.setText(path.name)
            self.passphrase.setFocus()

    def _hold(self, held: bool) -> None:
        for part in (self.primary, self.choose, self.passphrase):
            part.setEnabled(not held)

    def _show_found(self, found: RescueFound) -> None:
        self._found = found
        saved = f"{words.day(found.made_at.astimezone().date())} {words.clock(found.made_at)}"
        lines = [
            translate(
                "Saved on {moment}. It contains {what}.",
                moment=saved,
                what=_held(found.changes, found.visits, found.photos),
            ),
            translate("From an account of {server}.", server=found.server)
            if found.server
            else translate("From a computer that was never connected to a server."),
        ]
        if found.damaged:
            lines.append(
                translate("The data was damaged. The file has everything that could be read.")
            )
        self._say(lines)
        self._hold(False)
        self.choose.setEnabled(False)
        self.passphrase.setEnabled(False)
        self._rename(translate("Load file"))

    def _show_loaded(self, loaded: RescueLoaded) -> None:
        self._done = True
        lines = [
            plural(
                "{n} change came from the file; {old} were already here or already sent.",
                "{n} changes came from the file; {old} were already here or already sent.",
                loaded.changes,
                old=loaded.already_here,
            ),
            plural(
                "{n} change was waiting to be sent before; {after} now.",
                "{n} changes were waiting to be sent before; {after} now.",
                loaded.waiting_before,
                after=loaded.waiting_after,
            ),
        ]
        if loaded.photos:
            lines.append(translate("Photos and documents: {n}.", n=loaded.photos))
        if loaded.changed_on_both:
            both = plural(
                "{n} value was also changed here. Yours was kept; the other is in the history.",
                "{n} values were also changed here. Yours were kept; the others are in the "
                "history.",
                loaded.changed_on_both,
            )
            lines.append(both)
        if loaded.left_out:
            left = plural(
                "{n} change belongs to a record that is not here. Sync, then load the file again.",
                "{n} changes belong to records that are not here. Sync, then load the file again.",
                loaded.left_out,
            )
            lines.append(left)
        self._say(lines)
        self.primary.setEnabled(True)
        self._rename(translate("Close"))
        self.cancel.hide()
        self.loaded.emit()

    def _say(self, lines: list[str]) -> None:
        self.summary.setText("\n".join(lines))
        self.summary.show()

    def _rename(self, text: str) -> None:
        self.primary.setText(text)
        self.primary.setAccessibleName(text)

    def _fail(self, problem: VisitappError) -> None:
        self._hold(False)
        self.messages.show_problem(problem)
        if problem.code == Code.WRONG_KEY:
            type_again(self.passphrase)


def _held(changes: int, visits: int, photos: int) -> str:
    return ", ".join(
        (
            plural("{n} change", "{n} changes", changes),
            plural("{n} visit", "{n} visits", visits),
            plural("{n} photo or document", "{n} photos and documents", photos),
        )
    )
