"""Save the reports of many visits into one folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QWidget

from visitapp.errors import Code, Refused, VisitappError
from visitapp.language import message, plural, translate
from visitapp.services.views.visits import VisitSummary
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Operation, Progress, Runner, Running
from visitapp.ui.widgets.text import button, label

Write = Callable[[Sequence[VisitSummary], Path, Progress, bool], Sequence[Path]]
"""Writes the reports into a folder, over those that are there if the last is true; the files."""


class ExportReportsDialog(Dialog):
    """`exported` carries the files. Cancel stops after the report that is being written; those
    written before stay."""

    exported = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        visits: Sequence[VisitSummary],
        write: Write,
        files: FileChooser,
    ) -> None:
        super().__init__(parent, translate("Save reports"), translate("Save reports"))
        self._visits, self._write, self._files = visits, write, files
        self._runner = Runner(self)
        self._running: Running | None = None
        self._folder: Path | None = None
        teaching = plural(
            "The report of {n} visit is saved as a PDF.",
            "The reports of {n} visits are saved, each as a PDF of its own.",
            len(visits),
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.choose = button(translate("Choose the folder…"))
        self.choose.clicked.connect(self._choose)
        self._name = label(translate("No folder chosen"), tone="muted", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.choose)
        row.addWidget(self._name, 1)
        self.column.addLayout(row)
        self.replace = QCheckBox(translate("Replace reports that are already there"))
        self.replace.setAccessibleName(self.replace.text())
        self.column.addWidget(self.replace)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(translate("Reports saved"))
        self.progress.hide()
        self.column.addWidget(self.progress)

    def attempt(self) -> None:
        """Write the reports in the background."""
        folder, replace = self._folder, self.replace.isChecked()
        if folder is None:
            raise Refused(Code.BAD_VALUE, message("Choose the folder first."))
        self._hold(True)
        operation = Operation(
            self.windowTitle(),
            lambda progress: self._write(self._visits, folder, progress, replace),
            self._finish,
            self._fail,
        )
        self._running = self._runner.run(operation)
        self._running.progressed.connect(self._show_progress)

    def done(self, result: int) -> None:
        """Close, once the report that is being written is whole."""
        self._runner.stop()
        super().done(result)

    def _choose(self) -> None:
        folder = self._files.open_folder(self, translate("Folder for the reports"))
        if folder is not None:
            self._folder = folder
            self._name.setText(str(folder))

    def _hold(self, holds: bool) -> None:
        for part in (self.primary, self.choose, self.replace):
            part.setEnabled(not holds)
        self.progress.setVisible(holds)
        if holds:
            self.cancel.setFocus()

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _finish(self, files: Sequence[Path]) -> None:
        self.exported.emit(files)
        self.accept()

    def _fail(self, problem: VisitappError) -> None:
        self._hold(False)
        self.messages.show_problem(problem)
        self.choose.setFocus()
