"""What a council's register would change, before anything is taken from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.language import plural, translate
from visitapp.services.views.action_sheets import SheetFault
from visitapp.services.views.registers import RegisterDifference
from visitapp.ui import words
from visitapp.ui.models.register import difference_rows, problem_columns, register_columns
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card, clear
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.table_card import TableCard
from visitapp.ui.widgets.text import label

_MOST = 8


class RegisterDifferenceView(QWidget):
    """A summary, the problems by row, and the changes as a table."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        column.addLayout(self._lines)
        self.table = RowTable(translate("Changes in the file"), register_columns(), look)
        self.problems = RowTable(translate("Problems in the file"), problem_columns(), look)
        self._problem_card = TableCard(self.problems)
        column.addWidget(self._problem_card)
        self._card = Card()
        self._card.column.setContentsMargins(1, 1, 1, 1)
        self._card.column.addWidget(self.table)
        self._card.column.addStretch(1)
        column.addWidget(self._card, 1)

    def show_difference(self, found: RegisterDifference) -> None:
        """Show what a file would change."""
        clear(self._lines)
        self._lines.addWidget(label(_summary(found), wrap=True))
        if counts := _counts(found):
            self._lines.addWidget(label(counts, tone="muted", wrap=True))
        self.problems.show_rows(found.faults)
        self._problem_card.setVisible(bool(found.faults))
        self._add_some([*found.left_out, *found.notes, *found.ignored])
        if found.absent:
            text = plural(
                "{n} contract that is here is not in the file. It stays as it is.",
                "{n} contracts that are here are not in the file. They stay as they are.",
                len(found.absent),
            )
            self._lines.addWidget(label(text, tone="muted", size="small", wrap=True))
        rows = difference_rows(found)
        self.table.show_rows(rows)
        self._card.setVisible(bool(rows))

    def _add_some(self, faults: list[SheetFault]) -> None:
        for one in faults[:_MOST]:
            text = translate(
                "Row {row}, column “{column}”: {what}",
                row=one.row,
                column=one.column,
                what=one.what,
            )
            self._lines.addWidget(label(text, tone="muted", wrap=True))
        if len(faults) > _MOST:
            more = plural("and {n} more", "and {n} more", len(faults) - _MOST)
            self._lines.addWidget(label(more, tone="muted"))


def _summary(found: RegisterDifference) -> str:
    file = Path(found.file).name
    if found.faults:
        return translate(
            "{file} cannot be imported yet. Correct these cells in the file and choose it again. "
            "Nothing was changed.",
            file=file,
        )
    if not found.new and not found.changed:
        return translate("{file} changes nothing: every contract is up to date.", file=file)
    return plural(
        "{file} adds or changes {n} contract. Nothing is changed until you agree.",
        "{file} adds or changes {n} contracts. Nothing is changed until you agree.",
        len(found.new) + len(found.changed),
        file=file,
    )


def _counts(found: RegisterDifference) -> str:
    return words.joined(*_parts(found))


def _parts(found: RegisterDifference) -> Iterator[str]:
    yield plural("{n} new contract", "{n} new contracts", len(found.new))
    yield plural("{n} changed", "{n} changed", len(found.changed))
    yield plural("{n} unchanged", "{n} unchanged", found.unchanged)
    if found.new_settings:
        yield plural("{n} new setting", "{n} new settings", len(found.new_settings))
    if found.new_providers:
        yield plural("{n} new provider", "{n} new providers", len(found.new_providers))
    if found.left_out:
        yield plural("{n} left out", "{n} left out", len(found.left_out))
