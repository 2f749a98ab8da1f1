"""What the provider's file says, shown before anything is taken from it, and taken row by row."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from visitapp.language import plural, translate
from visitapp.services.plans.provider.files import ProviderFiles
from visitapp.services.plans.provider.views import (
    ReturnedComment,
    ReturnedRow,
    ReturnPreview,
)
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.card import rule
from visitapp.ui.widgets.text import button, label

PROVIDER_FILES = ("*.xlsx", "*.xlsm", "*.ods", "*.csv")


class TakeFileDialog(Dialog):
    """`taken` carries how many rows were taken. No row is ticked at first."""

    taken = Signal(int)
    agrees_at_primary = True

    def __init__(
        self, parent: QWidget | None, files: ProviderFiles, preview: ReturnPreview
    ) -> None:
        super().__init__(parent, translate("Take the provider's file"), "", width=720)
        self._files, self._preview = files, preview
        self.column.addWidget(label(_summary(preview), wrap=True))
        for fault in preview.faults:
            said = translate(
                "Row {row}, column “{column}”: {what} This row cannot be taken.",
                row=fault.row,
                column=fault.column,
                what=fault.what,
            )
            self.column.addWidget(label(said, tone="red", wrap=True))
        for note in preview.notes:
            self.column.addWidget(label(note, tone="muted", wrap=True))
        self.boxes: dict[int, QCheckBox] = {}
        self.comments: dict[int, QCheckBox] = {}
        for one in preview.changes:
            self._add_row(one)
        for comment in preview.comments:
            self._add_comment(comment)
        self.every = button(translate("Tick every row"))
        self.every.clicked.connect(self._tick_all)
        self.every.setVisible(len(self._all()) > 1)
        self.add_way(self.every)
        self._count()
        next(iter(self._all()), self.cancel).setFocus()

    def _add_row(self, one: ReturnedRow) -> None:
        said = difference_lines(one)
        name = f"{one.number} {one.title}"
        box = QCheckBox(translate("Take action {n}", n=one.number))
        box.setAccessibleName(name)
        box.setAccessibleDescription(". ".join(said))
        box.toggled.connect(self._count)
        self.column.addWidget(rule())
        self.column.addWidget(box)
        self.column.addWidget(label(one.title, wrap=True))
        for line in said:
            self.column.addWidget(label(line, wrap=True))
        self.boxes[one.row] = box

    def _add_comment(self, one: ReturnedComment) -> None:
        said = [one.text, one.shown]
        box = QCheckBox(translate("Take the comment on the report: {place}", place=one.place))
        box.setAccessibleName(box.text())
        box.setAccessibleDescription(". ".join(filter(None, said)))
        box.toggled.connect(self._count)
        self.column.addWidget(rule())
        self.column.addWidget(box)
        for line in filter(None, said):
            self.column.addWidget(label(line, wrap=True))
        self.comments[one.row] = box

    def _all(self) -> list[QCheckBox]:
        return [*self.boxes.values(), *self.comments.values()]

    def chosen(self) -> list[int]:
        """The rows of actions that are ticked."""
        return _ticked(self.boxes)

    def attempt(self) -> None:
        """Take the rows that are ticked."""
        chosen = self.chosen(), _ticked(self.comments)
        self.taken.emit(self._files.take(self._preview, *chosen))
        self.accept()

    def _tick_all(self) -> None:
        for box in self._all():
            box.setChecked(True)

    def _count(self) -> None:
        count = sum(box.isChecked() for box in self._all())
        text = plural("Take {n} row", "Take {n} rows", count)
        self.primary.setText(text)
        self.primary.setAccessibleName(text)
        self.primary.setEnabled(bool(count))


def _ticked(boxes: Mapping[int, QCheckBox]) -> list[int]:
    return [row for row, box in boxes.items() if box.isChecked()]


def difference_lines(one: ReturnedRow) -> list[str]:
    """What a row says, a line each."""
    lines = []
    if one.progress is not None and one.progress != one.progress_before:
        before = translate("none recorded") if one.progress_before is None else one.progress_before
        lines.append(translate("Number done: {n} (was {before})", n=one.progress, before=before))
    if one.done_on is not None:
        lines.append(translate("Done on {day}. Still to be verified.", day=words.day(one.done_on)))
    return [*lines, *one.words.splitlines()]


def _summary(preview: ReturnPreview) -> str:
    file, count = Path(preview.file).name, len(preview.comments)
    if preview.comments and not preview.changes:
        text = plural(
            "{file} has {n} comment on the report. Tick the ones to take.",
            "{file} has {n} comments on the report. Tick the ones to take.",
            count,
            file=file,
        )
    elif not preview.changes:
        text = translate("{file} says nothing that is not here already.", file=file)
    else:
        text = plural(
            "{file} says something new of {n} action. Tick the rows to take.",
            "{file} says something new of {n} actions. Tick the rows to take.",
            len(preview.changes),
            file=file,
        )
    if preview.taken:
        before = plural(
            "{n} row was taken from this file before.",
            "{n} rows were taken from this file before.",
            preview.taken,
        )
        text = f"{text} {before}"
    return text
