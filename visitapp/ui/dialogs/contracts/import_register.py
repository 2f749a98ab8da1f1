"""A council's register of contracts from a file: its columns, the difference, then the import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from visitapp.errors import VisitappError
from visitapp.language import plural, translate
from visitapp.services.contracts.register.register import ContractRegister, ReadRegister
from visitapp.services.views.registers import RegisterColumn
from visitapp.ui.dialogs.contracts.register_columns import RegisterColumns
from visitapp.ui.dialogs.contracts.register_difference import RegisterDifferenceView
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.shell.operations import Operation, Progress, Runner, Running
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.text import button

REGISTER_FILES = ("*.xlsx", "*.csv", "*.xlsm", "*.ods", "*.xls")


class ImportRegisterDialog(Dialog):
    """`imported` carries how many contracts were added or changed. While the file is compared or
    imported, Cancel stops that, and nothing is taken."""

    imported = Signal(int)
    agrees_at_primary = True

    def __init__(
        self,
        parent: QWidget | None,
        register: ContractRegister,
        path: Path,
        columns: Sequence[RegisterColumn],
        look: Look,
    ) -> None:
        super().__init__(parent, translate("Import a register of contracts"), "", width=820)
        self._register, self._path = register, path
        self._shown: ReadRegister | None = None
        self._runner = Runner(self)
        self._running: Running | None = None
        self.columns = RegisterColumns(path.name, columns)
        self.by_name |= self.columns.boxes
        self.difference = RegisterDifferenceView(look)
        self.column.addWidget(self.columns)
        self.column.addWidget(self.difference, 1)
        self.back = button(translate("Back to the columns"))
        self.back.clicked.connect(self._show_columns)
        self.add_way(self.back)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(translate("Rows done"))
        self.progress.hide()
        self.fix(self.progress, above=False)
        self._show_columns()

    def attempt(self) -> None:
        """Compare the file with what is here, or take what was shown."""
        if self._shown is None:
            mapped, adds = self.columns.mapped(), self.columns.adds_settings.isChecked()

            def read(progress: Progress) -> ReadRegister:
                return self._register.read(
                    self._path, mapped, adds_settings=adds, progress=progress
                )

            self._run(read, self._show_difference)
        else:
            shown = self._shown
            self._run(lambda progress: self._register.apply(shown, progress), self._finish)

    def reject(self) -> None:
        """Stop what is under way; else close. A window that closes blocks the signals first."""
        if self._running is not None and not self.signalsBlocked():
            self._running.cancel()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Close, once the worker has stopped."""
        self._runner.end()
        super().done(result)

    def _run(self, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        operation = Operation(self.windowTitle(), work, done, self._fail)
        self._hold(True)
        self._running = self._runner.run(operation)
        self._running.progressed.connect(self._show_progress)
        self._running.ended.connect(self._ended)

    def _ended(self) -> None:
        running, self._running = self._running, None
        self._hold(False)
        if running is not None and running.cancelled() and self.isVisible():
            self.messages.show_text(translate("Stopped. Nothing was imported."))

    def _hold(self, holds: bool) -> None:
        for part in (self.columns, self.back):
            part.setEnabled(not holds)
        self._allow()
        self.progress.setVisible(holds)
        if holds:
            self.progress.setRange(0, 0)
            self.cancel.setFocus()

    def _allow(self) -> None:
        """Whether there is anything to agree to."""
        found = self._shown.difference if self._shown else None
        nothing = found is not None and (found.faults or not (found.new or found.changed))
        self.primary.setEnabled(not nothing and self._running is None)

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _call_primary(self, text: str) -> None:
        self.primary.setText(text)
        self.primary.setAccessibleName(text)

    def _show_columns(self) -> None:
        self._shown = None
        self.columns.show()
        self.difference.hide()
        self.back.hide()
        self._call_primary(translate("Show the difference"))
        self._allow()
        next(iter(self.columns.boxes.values())).setFocus()

    def _show_difference(self, read: ReadRegister) -> None:
        self._shown = read
        found = read.difference
        self.difference.show_difference(found)
        self.columns.hide()
        self.difference.show()
        self.back.show()
        self._call_primary(
            plural(
                "Import {n} contract", "Import {n} contracts", len(found.new) + len(found.changed)
            )
        )
        self._running = None
        self._hold(False)
        self.body.verticalScrollBar().setValue(0)  # what stops it stands at the top
        refused = self.difference.problems if found.faults else self.back
        (self.primary if self.primary.isEnabled() else refused).setFocus()

    def _finish(self, taken: int) -> None:
        self.imported.emit(taken)
        self.accept()

    def _fail(self, problem: VisitappError) -> None:
        self.messages.show_problem(problem)
