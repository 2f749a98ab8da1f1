"""Find a setting in the regulator's public directory and take it into the portfolio."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QWidget

from visitapp.errors import Code, VisitappError
from visitapp.language import plural, translate, translate_in
from visitapp.services.directory.regulator_files import RegulatorFiles
from visitapp.services.settings.settings import Settings
from visitapp.services.views.settings import PortfolioRow
from visitapp.storage.directory import Directory, ImportReport, Place
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.files import FileChooser
from visitapp.ui.models.rows import Cell, Column
from visitapp.ui.shell.operations import Operation, Progress, Runner, Running
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.idle import IdleSaver
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import button, label, named

SEARCH_PAUSE_MS = 120
LEAST_TYPED = 2
RATINGS_FILES = ("*.csv", "*.xlsx", "*.xlsm", "*.ods", "*.xls", "*.zip", "*.json", "*.xml")


class AddSettingDialog(Dialog):
    """Type to search, Enter to add. `added` carries the new PortfolioRow; `imported` says that a
    regulator's file was taken; `by_hand_requested` asks for one that no directory has."""

    added = Signal(object)
    by_hand_requested = Signal()
    imported = Signal()

    def __init__(
        self,
        parent: QWidget | None,
        settings: Settings,
        directory: Directory,
        regulator_files: RegulatorFiles,
        look: Look,
        runner: Runner,
        files: FileChooser,
    ) -> None:
        super().__init__(
            parent, translate("Add a setting"), translate("Add to portfolio"), width=760
        )
        self._settings, self._directory = settings, directory
        self._regulator_files, self._file = regulator_files, Path()
        self._runner, self._files = runner, files
        self._running: Running | None = None
        self.search = named(QLineEdit(), translate("Search the directory"))
        self.search.setPlaceholderText(translate("Name, postcode, provider or location ID"))
        self._typing = IdleSaver(self._find, self, SEARCH_PAUSE_MS)
        self.table = RowTable(translate("Places found"), place_columns(), look)
        self._hint = label(tone="muted", size="small", wrap=True)
        self.column.addWidget(self.search)
        self.column.addWidget(self._hint)
        card = Card()
        card.column.setContentsMargins(1, 1, 1, 1)
        card.column.addWidget(self.table)
        card.column.addStretch(1)
        card.setMinimumHeight(300)
        self.column.addWidget(card, 1)
        self.column.addLayout(self._import_row())
        self.by_hand = button(
            translate("Add by hand…"), hint=translate("A setting that no regulator lists")
        )
        self.by_hand.clicked.connect(self._by_hand)
        self.add_way(self.by_hand)
        self.primary.setEnabled(False)
        self.search.textEdited.connect(self._typing.typed)
        self.search.returnPressed.connect(self._enter)
        for key, by in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)):
            arrow = QShortcut(QKeySequence(key), self.search)
            arrow.setContext(Qt.ShortcutContext.WidgetShortcut)
            arrow.activated.connect(partial(self._step, by))
        self.table.marked.connect(lambda place: self.primary.setEnabled(place is not None))
        self.table.opened.connect(lambda _place: self.primary.click())
        self.finished.connect(self._stop)
        self._teach()

    def _import_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.import_ = button(
            translate("Import a ratings file"), hint=translate("The regulator's public list")
        )
        self.import_.clicked.connect(self.choose_file)
        self.bar = named(QProgressBar(), translate("Progress of the import"))
        self.bar.setTextVisible(False)
        self.stop = button(translate("Cancel the import"), kind="chip")
        self.stop.clicked.connect(self._stop)
        for part in (self.import_, self.stop):
            row.addWidget(part)
        row.addWidget(self.bar, 1)
        row.addStretch(0)
        self._set_busy(False)
        return row

    def attempt(self) -> None:
        """Add the place under the cursor."""
        place: Place | None = self.table.current()
        if place is not None:
            row: PortfolioRow = self._settings.add(place.location_id)
            self.added.emit(row)
            self.accept()

    def _by_hand(self) -> None:
        self.reject()
        self.by_hand_requested.emit()

    def _enter(self) -> None:
        """Enter adds the place that is marked, once the list shows what was typed."""
        self._typing.flush()
        self.primary.click()

    def _step(self, by: int) -> None:
        """Mark another place while the caret stays in the search."""
        last = len(self.table.rows.rows) - 1
        self.table.selectRow(max(0, min(last, self.table.currentIndex().row() + by)))

    def _find(self) -> None:
        text = self.search.text().strip()
        found = self._directory.search(text) if len(text) >= LEAST_TYPED else []
        self.table.show_rows(found)
        if found:
            self.table.selectRow(0)
        self._hint.setText(self._say_found(len(found), text))

    def _say_found(self, found: int, text: str) -> str:
        if found:
            return plural("{n} place found", "{n} places found", found)
        if len(text) < LEAST_TYPED:
            return translate("Type at least two letters.")
        if not self._directory.has_places():
            return translate("The list is empty. Import the regulator's ratings file first.")
        return translate("Nothing found. Try fewer letters, or import a newer ratings file.")

    def _teach(self) -> None:
        if self._directory.has_places():
            self._hint.setText(self._say_found(0, ""))
            return
        self._hint.setText(
            translate(
                "The directory is the regulator's public list. Import its ratings file once. You "
                "can then search it with no network."
            )
        )

    def choose_file(self) -> None:
        """Ask for a ratings file and import it."""
        path = self._files.open_file(self, translate("Import a ratings file"), RATINGS_FILES)
        if path is not None:
            self.import_file(path)

    def import_file(self, path: Path, *, take_older: bool = False) -> None:
        """Read a file into the directory, in the background."""
        self.messages.hide()
        self._file = path
        self._set_busy(True)

        def work(progress: Progress) -> ImportReport:
            return self._regulator_files.import_file(path, progress, take_older=take_older)

        self._running = self._runner.run(
            Operation(translate("Import"), work, self._imported, self._import_failed)
        )
        self._running.progressed.connect(self._show_progress)
        self._running.ended.connect(lambda: self._set_busy(False))

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _imported(self, report: ImportReport) -> None:
        told = plural(
            "Imported {n} setting from {file}, {care} of them adult social care.",
            "Imported {n} settings from {file}, {care} of them adult social care.",
            report.settings,
            file=Path(report.file).name,
            care=report.social_care,
        )
        problems = plural("{n} row had a problem.", "{n} rows had a problem.", len(report.problems))
        new = plural(
            "{n} change to your settings: see Changes.",
            "{n} changes to your settings: see Changes.",
            report.held_changes,
        )
        notes = [new if report.held_changes else "", problems if report.problems else ""]
        self.messages.show_text(told, " ".join(note for note in notes if note))
        self.imported.emit()
        self._find()
        self.search.setFocus()

    def _import_failed(self, problem: VisitappError) -> None:
        self.messages.show_problem(problem)
        if problem.code == Code.FILE_OLDER:
            again = partial(self.import_file, self._file, take_older=True)
            self.messages.offer({translate("Import the older file"): again})

    def _set_busy(self, busy: bool) -> None:
        self.bar.setRange(0, 0)
        self.bar.setVisible(busy)
        self.stop.setVisible(busy)
        self.import_.setVisible(not busy)

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None


def place_columns() -> list[Column]:
    """Name and address, provider, regulator's rating, local authority."""
    return [
        Column(translate("Setting"), _place, share=36),
        Column(
            translate("Provider"),
            lambda p: Cell(p.provider, words.service_type(p.service_type)),
            share=28,
            yields=3,
        ),
        Column(
            translate("Regulator"),
            lambda p: Cell(p.overall, words.day(p.published)),
            share=18,
            yields=2,
        ),
        Column(
            translate_in("place", "Area"),
            lambda p: Cell(p.local_authority, p.location_id),
            share=18,
            yields=1,
        ),
    ]


def _place(place: Place) -> Cell:
    state = place.status if place.status in ("dormant", "closed") else ""
    return Cell(place.name, words.joined(state, place.postcode, place.address), strong=True)
