"""Free text that saves itself: notes, reasons and text answers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout

from forms.model import Question
from visitapp.services.views.visits import AnswerView
from visitapp.ui.widgets.answer_editor import AnswerEditor
from visitapp.ui.widgets.idle import IdleSaver
from visitapp.ui.widgets.text import named


class NoteEditor(QPlainTextEdit):
    """Grows with its text. `edited` tells the text after a pause or when the field is left;
    `left` that Escape was pressed."""

    edited = Signal(str)
    typing = Signal()
    left = Signal()

    def __init__(self, name: str, placeholder: str, *, rows: int = 2) -> None:
        super().__init__()
        named(self, name)
        self._rows = rows
        self._saver = IdleSaver(self._save, self)
        self._recorded = ""
        self._showing = False
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)

    def show_text(self, text: str) -> None:
        """Take over what is recorded; something newer that was typed stays."""
        newer = self._newer()
        self._recorded = text
        if newer or self.toPlainText() == text:
            return
        self._showing = True
        self.setPlainText(text)
        self._showing = False

    def flush(self) -> None:
        """Save now what was typed and is not recorded."""
        self._saver.stop()
        self._save()

    def _newer(self) -> bool:
        return self.toPlainText().strip() != self._recorded.strip()

    def _save(self) -> None:
        if self._newer():
            self.edited.emit(self.toPlainText().strip())

    def sizeHint(self) -> QSize:
        lines = max(self._rows, int(self.document().size().height()))
        edges = 2 * round(self.document().documentMargin()) + self.fontMetrics().height()
        return QSize(200, lines * self.fontMetrics().lineSpacing() + edges)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.flush()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.flush()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _changed(self) -> None:
        if not self._showing:
            self.typing.emit()
            self._saver.typed()


class TextEditor(AnswerEditor):
    """The answer to a text question."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.field = NoteEditor(question.ask, self.tr("Write what you found"))
        self.field.edited.connect(lambda text: self.give(value=text or None))
        self.field.typing.connect(self.typing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)

    def show_answer(self, answer: AnswerView) -> None:
        self.field.show_text(answer.value or "")

    def press(self, digit: int) -> None:
        self.begin()
        self.field.insertPlainText(str(digit))

    def begin(self) -> None:
        self.field.setFocus()

    def flush(self) -> None:
        self.field.flush()
