"""The photos and documents that are about to be added, each with its caption."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from visitapp.errors import VisitappError
from visitapp.language import plural, translate
from visitapp.services.evidence.given import Given, shown, title_from
from visitapp.storage.evidence.marking import Mark
from visitapp.ui.dialogs.photos.taking import is_photo
from visitapp.ui.widgets.previews import Previews
from visitapp.ui.widgets.text import button, label, named

SIDE = 72
"""Pixels of a small picture's longer side, at 100 %."""


class CaptionField(QLineEdit):
    """Takes pasted text itself, and hands a pasted picture or file on."""

    def __init__(self, paste: Callable[[], bool]) -> None:
        super().__init__()
        self._paste = paste

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (event.matches(QKeySequence.StandardKey.Paste) and self._paste()):
            super().keyPressEvent(event)


class GivenRow(QFrame):
    """One of them. `left_out` says that a person does not want to add it, `marking_asked` that its
    photo is to be marked first."""

    left_out = Signal()
    marking_asked = Signal()

    def __init__(self, given: Given, paste: Callable[[], bool], previews: Previews) -> None:
        super().__init__()
        self._given, self._previews = given, previews
        self.name = shown(given.name)
        self.picture = QLabel()
        self.picture.setFixedSize(SIDE, SIDE)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.hide()
        self.caption = named(CaptionField(paste), translate("Caption of {name}", name=self.name))
        self.caption.setPlaceholderText(translate("What it shows, in codes, never names"))
        self.caption.setText(given.title or title_from(given.name))
        self.problem = label(size="small", tone="red", wrap=True)
        self.problem.hide()
        self.leave_out = button(
            translate("Leave out"), kind="link", name=translate("Leave out {name}", name=self.name)
        )
        self.leave_out.clicked.connect(self.left_out)
        self.mark = button(
            translate("Blur, crop or point…"),
            kind="link",
            name=translate("Blur, crop or point: {name}", name=self.name),
            hint=translate("Ctrl M"),
        )
        self.mark.clicked.connect(self.marking_asked)
        self.mark.setVisible(is_photo(given))
        self.marks = label(size="small", tone="muted", wrap=True)
        self.marks.hide()
        self._lay_out()
        self._want_picture()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(10)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(3)
        head = QHBoxLayout()
        words.addWidget(label(self.name, size="small", tone="muted", wrap=True))
        words.addWidget(self.caption)
        words.addWidget(self.marks)
        words.addWidget(self.problem)
        head.addWidget(self.mark)
        head.addWidget(self.leave_out)
        head.addStretch(1)
        words.addLayout(head)
        row.addLayout(words, 1)

    def given(self) -> Given:
        """What is added, with its caption."""
        return replace(self._given, title=self.caption.text())

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Take the marks on its photo over, and show the picture with them."""
        self._given = replace(self._given, marks=tuple(marks))
        told = plural(
            "{n} mark. Only the marked picture is kept.",
            "{n} marks. Only the marked picture is kept.",
            len(marks),
        )
        self.marks.setText(told)
        self.marks.setVisible(bool(marks))
        self.caption.setFocus()
        self._want_picture()

    def _want_picture(self) -> None:
        if is_photo(self._given):
            side = round(SIDE * self.devicePixelRatioF())
            wanted = self._given
            self._previews.want(
                wanted,
                side,
                self._show_picture,
                self.fail,
                lambda: isValid(self) and self._given == wanted,
            )

    def fail(self, problem: VisitappError) -> None:
        """Say why it cannot be added."""
        self.problem.setText(f"{problem.what} {problem.next_step or ''}".strip())
        self.problem.show()
        self.caption.setAccessibleDescription(self.problem.text())

    def _show_picture(self, image: QImage) -> None:
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.picture.setPixmap(picture)
        self.picture.show()


class GivenRows(QWidget):
    """All of them, in the order in which they came. `changed` says that some came or went;
    `marking_asked` carries the row whose photo is to be marked."""

    changed = Signal()
    marking_asked = Signal(object)

    def __init__(self, paste: Callable[[], bool], previews: Previews) -> None:
        super().__init__()
        self._paste, self._previews = paste, previews
        self.rows: list[GivenRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def take(self, given: Sequence[Given], *, focus: bool = True) -> None:
        """Add these at the end, and with `focus` go to the first one's caption; a file that is
        there already is not taken twice."""
        there = set(self.files()) - {None}
        new = [GivenRow(one, self._paste, self._previews) for one in given if one.file not in there]
        for row in new:
            row.left_out.connect(lambda row=row: self._leave_out(row))
            row.marking_asked.connect(lambda row=row: self.marking_asked.emit(row))
            self._column.addWidget(row)
            row.show()
        self.rows += new
        self.changed.emit()
        if new and focus:
            new[0].caption.setFocus()
            new[0].caption.selectAll()

    def files(self) -> list[Path | None]:
        """The file of each; None for a picture that was pasted."""
        return [row.given().file for row in self.rows]

    def remove(self, gone: Sequence[GivenRow]) -> None:
        """Let these go."""
        for row in gone:
            self.rows.remove(row)
            row.hide()
            row.deleteLater()
        self.changed.emit()

    def all(self) -> list[Given]:
        """What they hold, in order."""
        return [row.given() for row in self.rows]

    def ask_for_marks(self) -> None:
        """Ask to mark the photo of the row in focus, or of the first row."""
        for row in sorted(self.rows, key=lambda row: not row.isAncestorOf(self.focusWidget())):
            if not row.mark.isHidden():
                row.mark.click()
                return

    def _leave_out(self, row: GivenRow) -> None:
        place = self.rows.index(row)
        others = [one for one in self.rows if one is not row]
        if others:
            others[min(place, len(others) - 1)].leave_out.setFocus()
        self.remove([row])
