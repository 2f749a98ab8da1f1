"""Blur, crop or point at a part of a photo before it is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from visitapp.language import plural, translate
from visitapp.services.evidence.marker import Marker
from visitapp.storage.evidence.marking import MarkKind
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.photos.canvas import PhotoCanvas
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.previews import image_of
from visitapp.ui.widgets.text import button, label


class MarkPhotoDialog(Dialog):
    """`marked` carries the marks, a list of Mark. Only the picture with them is kept."""

    marked = Signal(list)
    enter_agrees = False

    def __init__(self, parent: QWidget | None, name: str, marker: Marker) -> None:
        super().__init__(
            parent, translate("Mark {name}", name=name), translate("Use this picture"), width=720
        )
        self._marker, self._at_start = marker, list(marker.marks)
        self._asked = False
        told = translate(
            "Only the marked picture is kept. What is blurred or cut away cannot be brought back. "
            "The file that you chose stays where it is, unmarked: delete it there if need be."
        )
        self.column.addWidget(label(told, size="small", tone="muted", wrap=True))
        self.tools: dict[MarkKind, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._row = Flow()
        self.column.addWidget(self._row)
        self.canvas = PhotoCanvas(name)
        self.column.addWidget(self.canvas, 1)
        self.where = label(size="small", strong=True, wrap=True)
        self.column.addWidget(self.where)
        keys = translate(
            "Arrow keys move it, with Shift its corner or head, with Ctrl in small steps. Enter "
            "applies it. The mouse draws one."
        )
        self.column.addWidget(label(keys, size="small", tone="muted", wrap=True))
        self._make_tools()
        self.canvas.moved.connect(self._show_where)
        self.canvas.applied.connect(self.apply)
        self._show_picture()
        self._choose(MarkKind.BLUR)
        self.canvas.setFocus()

    def _make_tools(self) -> None:
        offered = {
            MarkKind.BLUR: (translate("Blur (B)"), "B"),
            MarkKind.CROP: (translate("Crop (C)"), "C"),
            MarkKind.ARROW: (translate("Arrow (A)"), "A"),
        }
        for kind, (text, key) in offered.items():
            tool = button(text, kind="chip")
            tool.setCheckable(True)
            tool.clicked.connect(lambda _on=False, kind=kind: self._choose(kind))
            self._group.addButton(tool)
            self._row.add(tool)
            self.tools[kind] = tool
            self._hear(key, partial(self._choose, kind))
        self.applying = button(translate("Apply (Enter)"), kind="chip")
        self.applying.clicked.connect(self.apply)
        self.undoing = button(translate("Undo (Ctrl Z)"), kind="chip")
        self.undoing.clicked.connect(self.undo)
        for way in (self.applying, self.undoing):
            self._row.add(way)
        self._hear("Ctrl+Z", self.undo)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            self._hear(key, self.primary.click)

    def _hear(self, key: str, do: Callable[[], object]) -> None:
        QShortcut(QKeySequence(key), self).activated.connect(lambda: do())

    def attempt(self) -> None:
        """Use the picture as it is marked; a selection that was moved and not applied is asked
        about, for it looks as if it were."""
        if self.canvas.touched:
            self.messages.show_text(
                translate("What you selected is not applied yet."),
                translate("Press Enter on the picture to apply it, or choose a tool to drop it."),
            )
            self.canvas.setFocus()
            return
        self.marked.emit(list(self._marker.marks))
        self.accept()

    def apply(self) -> None:
        """Make the mark that is selected."""
        if not self.canvas.is_large_enough() or not self._marker.add(self.canvas.mark):
            self.messages.show_text(translate("Select a larger part of the picture first."))
            return
        self.messages.hide()
        done = {
            MarkKind.BLUR: translate("Blurred."),
            MarkKind.CROP: translate("Cropped."),
            MarkKind.ARROW: translate("Arrow drawn."),
        }
        self._show_picture()
        self._tell(done[self.canvas.kind])

    def undo(self) -> None:
        """Take the last mark back."""
        if self._marker.undo() is not None:
            self._show_picture()
            self._tell(translate("Taken back."))

    def _choose(self, kind: MarkKind) -> None:
        self.messages.hide()
        self.tools[kind].setChecked(True)
        self.canvas.begin(kind)
        self.canvas.setFocus()

    def _show_picture(self) -> None:
        self.canvas.show_image(image_of(self._marker.seen()))
        self.undoing.setEnabled(bool(self._marker.marks))

    def _show_where(self) -> None:
        self.where.setText(self.canvas.said())

    def _tell(self, done: str) -> None:
        """Say what was done, also to who does not see it."""
        count = len(self._marker.marks)
        text = f"{done} {plural('{n} mark.', '{n} marks.', count)}"
        self.where.setText(text)
        self.where.setAccessibleName(text)
        self.canvas.setFocus()
        QAccessible.updateAccessibility(QAccessibleEvent(self.where, QAccessible.Event.Alert))

    def asks(self) -> bool:
        """Ask once about marks that would be lost."""
        if self._asked or self._marker.marks == self._at_start:
            return False
        self._asked = True
        self.messages.show_text(
            translate("Your marks are not used yet."),
            translate("Press Esc or Cancel again to leave the picture as it was, or carry on."),
        )
        return True
