"""The words of a person's own, and whether words are marked at all."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QListWidget, QWidget

from visitapp.language import translate
from visitapp.services.spelling import LONGEST, Spelling
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, label, named


class OwnWordsDialog(Dialog):
    """`changed` tells that texts are to be marked again."""

    changed = Signal()

    def __init__(self, parent: QWidget | None, spelling: Spelling) -> None:
        super().__init__(parent, translate("My words"), translate("Add the word"))
        self._spelling = spelling
        self._removed: list[str] = []
        self.marks = QCheckBox(translate("Mark words that are not in the dictionary"))
        self.marks.setAccessibleName(self.marks.text())
        self.marks.setChecked(spelling.on)
        self.marks.toggled.connect(self._turn)
        teaching = translate(
            "The dictionary is British English. Your own words stay on this laptop, in its "
            "encrypted database. Add no names of people."
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.column.addWidget(self.marks)
        self.word = QLineEdit()
        self.word.setMaxLength(LONGEST)
        self.add_field(translate("Another word"), self.word)
        self.list = named(QListWidget(), translate("My words"))
        self.list.setTabKeyNavigation(False)
        self.column.addWidget(self.list, 1)
        self.remove, self.undo = button(translate("Remove")), button(translate("Undo"))
        self.remove.clicked.connect(self._remove)
        self.undo.clicked.connect(self._undo)
        ways = Flow()
        for way in (self.remove, self.undo):
            ways.add(way)
        self.column.addWidget(ways)
        named(self.cancel, translate("Close")).setText(translate("Close"))
        self._show()

    def attempt(self) -> None:
        """Add the word."""
        self._spelling.learn(self.word.text())
        self.word.clear()
        self._show()
        self.word.setFocus()

    def _show(self) -> None:
        words = self._spelling.own()
        self.list.clear()
        self.list.addItems(words)
        self.list.setCurrentRow(0)
        self.remove.setEnabled(bool(words))
        self.undo.setEnabled(bool(self._removed))
        self.changed.emit()

    def _turn(self, on: bool) -> None:
        self._spelling.turn(on=on)
        self.changed.emit()

    def _remove(self) -> None:
        chosen = self.list.currentItem()
        if chosen is None:
            return
        self._removed.append(chosen.text())
        self._spelling.forget(chosen.text())
        self._show()
        self.messages.show_text(translate("Removed: {word}.", word=self._removed[-1]))
        self.undo.setFocus()

    def _undo(self) -> None:
        if self._removed:
            self._spelling.learn(self._removed.pop())
            self._show()
            self.list.setFocus()
