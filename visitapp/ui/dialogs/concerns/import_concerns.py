"""What a case system's file would log, shown before anything is taken from it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import plural, translate
from visitapp.rules.concerns.states import ConcernKind
from visitapp.services.concerns.sheets import ConcernSheets
from visitapp.services.concerns.views import ConcernDifference, ConcernSheet
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.models.rows import Cell, Column
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word

CONCERN_FILES = ("*.csv", "*.xlsx", "*.xlsm", "*.ods", "*.xls")
_MOST_FAULTS = 8


class ImportConcernsDialog(Dialog):
    """`imported` carries how many concerns were logged; `columns_requested` asks what the columns
    of the file are."""

    imported = Signal(int)
    columns_requested = Signal()
    agrees_at_primary = True

    def __init__(
        self, parent: QWidget | None, sheets: ConcernSheets, sheet: ConcernSheet, look: Look
    ) -> None:
        new = len(sheet.new)
        super().__init__(
            parent,
            translate("Import a case file"),
            plural("Log {n} concern", "Log {n} concerns", new),
            width=760,
        )
        self._sheets, self._sheet = sheets, sheet
        self.column.addWidget(label(_summary(sheet), wrap=True))
        for one in sheet.faults[:_MOST_FAULTS]:
            said = translate(
                "Row {row}, column “{column}”: {what}",
                row=one.row,
                column=one.column,
                what=one.what,
            )
            self.column.addWidget(label(said, tone="red", wrap=True))
        if len(sheet.faults) > _MOST_FAULTS:
            left = len(sheet.faults) - _MOST_FAULTS
            said = plural("and {n} more", "and {n} more", left)
            self.column.addWidget(label(said, tone="red", wrap=True))
        if sheet.unread:
            said = translate("Not read: {columns}.", columns=", ".join(sheet.unread))
            self.column.addWidget(label(said, tone="muted", size="small", wrap=True))
        self.table = RowTable(translate("Concerns in the file"), _columns(), look)
        self.table.show_rows(sheet.new)
        card = Card()
        card.column.setContentsMargins(1, 1, 1, 1)
        card.column.addWidget(self.table)
        card.column.addStretch(1)
        card.setVisible(bool(new))
        self.column.addWidget(card, 1)
        self.primary.setEnabled(bool(new) and not sheet.faults)
        self.columns = button(translate("Columns…"))
        self.columns.clicked.connect(self._ask_columns)
        self.add_way(self.columns)

    def _ask_columns(self) -> None:
        self.columns_requested.emit()
        self.reject()

    def attempt(self) -> None:
        """Log what is shown."""
        self.imported.emit(self._sheets.apply(self._sheet))
        self.accept()


def _columns() -> list[Column]:
    return [
        Column(translate("Concern"), _concern, share=40),
        Column(translate("Setting"), lambda one: Cell(one.setting), share=30),
        Column(
            translate("Received"),
            lambda one: Cell(words.day(one.concern.received_at.astimezone().date())),
            share=20,
        ),
        Column(translate("Reference"), lambda one: Cell(one.concern.reference), share=20, yields=1),
    ]


def _concern(one: ConcernDifference) -> Cell:
    kind = choice_word(ConcernKind, one.concern.kind)
    return Cell(one.concern.title, words.joined(kind, translate("row {n}", n=one.row)), strong=True)


def _summary(sheet: ConcernSheet) -> str:
    file = Path(sheet.file).name
    if sheet.faults:
        return translate(
            "{file} cannot be imported yet. Correct these cells in the file and choose it again. "
            "Nothing was changed.",
            file=file,
        )
    if not sheet.new:
        return translate(
            "Nothing to log: every concern in {file} has already been logged.", file=file
        )
    known = plural(
        "{n} has already been logged and will not change.",
        "{n} have already been logged and will not change.",
        sheet.known,
    )
    new = plural(
        "{file} has {n} new concern. Nothing is logged until you agree.",
        "{file} has {n} new concerns. Nothing is logged until you agree.",
        len(sheet.new),
        file=file,
    )
    return f"{new} {known}" if sheet.known else new
