"""What a list of actions would change, shown before anything is taken from it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import plural, translate
from visitapp.services.actions.sheets import ActionSheets
from visitapp.services.views.action_sheets import ActionDifference, SheetFault, SheetPreview
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.models.rows import Cell, Column
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import label

ACTION_FILES = ("*.xlsx", "*.csv", "*.xlsm", "*.ods", "*.xls")
_MOST_FAULTS = 8


class ImportActionsDialog(Dialog):
    """`imported` carries how many actions were changed."""

    imported = Signal(int)
    agrees_at_primary = True

    def __init__(
        self, parent: QWidget | None, sheets: ActionSheets, preview: SheetPreview, look: Look
    ) -> None:
        changes = len(preview.changes)
        super().__init__(
            parent,
            translate("Import due dates and owners"),
            plural("Make {n} change", "Make {n} changes", changes),
            width=760,
        )
        self._sheets, self._preview = sheets, preview
        self.column.addWidget(label(_summary(preview), wrap=True))
        faults = [_fault(one) for one in preview.faults[:_MOST_FAULTS]]
        if len(preview.faults) > _MOST_FAULTS:
            left = len(preview.faults) - _MOST_FAULTS
            faults.append(plural("and {n} more", "and {n} more", left))
        for line in faults:
            self.column.addWidget(label(line, tone="red", wrap=True))
        for one in preview.ignored[:_MOST_FAULTS]:
            self.column.addWidget(label(_fault(one), tone="muted", size="small", wrap=True))
        self.table = RowTable(translate("Changes in the file"), difference_columns(), look)
        self.table.show_rows(preview.changes)
        card = Card()
        card.column.setContentsMargins(1, 1, 1, 1)
        card.column.addWidget(self.table)
        card.column.addStretch(1)
        card.setVisible(bool(changes))
        self.column.addWidget(card, 1)
        self.primary.setEnabled(bool(changes) and not preview.faults)

    def attempt(self) -> None:
        """Make the changes that are shown."""
        self.imported.emit(self._sheets.apply(self._preview))
        self.accept()


def difference_columns() -> list[Column]:
    """Action, due date, owner, reason: each from what to what."""
    return [
        Column(
            translate("Action"),
            lambda one: Cell(one.title, words.joined(one.setting, _row(one.row)), strong=True),
            share=32,
        ),
        Column(translate("Due"), _due, share=22),
        Column(translate("Owner"), _owner, share=22),
        Column(translate("Reason"), lambda one: Cell(one.reason), share=24, yields=1),
    ]


def _due(one: ActionDifference) -> Cell:
    if one.due_after == one.due_before:
        return Cell(words.day(one.due_before), tone="muted")
    return Cell(
        words.day(one.due_after), translate("was {day}", day=words.day(one.due_before)), strong=True
    )


def _owner(one: ActionDifference) -> Cell:
    nobody = translate("nobody")
    if one.owner_after == one.owner_before:
        return Cell(one.owner_before or nobody, tone="muted")
    before = translate("was {owner}", owner=one.owner_before or nobody)
    return Cell(one.owner_after or nobody, before, strong=True)


def _row(number: int) -> str:
    return translate("row {n}", n=number)


def _fault(one: SheetFault) -> str:
    return translate(
        "Row {row}, column “{column}”: {what}", row=one.row, column=one.column, what=one.what
    )


def _summary(preview: SheetPreview) -> str:
    file = Path(preview.file).name
    if preview.faults:
        return translate(
            "{file} cannot be imported yet. Correct these cells in the file and choose it again. "
            "Nothing was changed.",
            file=file,
        )
    if not preview.changes:
        return translate("{file} changes nothing: every due date and owner is as here.", file=file)
    return plural(
        "{file} changes {n} action. Nothing is changed until you agree.",
        "{file} changes {n} actions. Nothing is changed until you agree.",
        len(preview.changes),
        file=file,
    )
