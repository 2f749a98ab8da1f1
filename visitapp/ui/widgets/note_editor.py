"""Free text that saves itself: notes, reasons and text answers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QSizePolicy, QVBoxLayout

from forms.model import Question
from visitapp.language import plural, translate
from visitapp.rules.text import LONGEST_NOTE, list_marks
from visitapp.services.views.visits import AnswerView
from visitapp.ui.widgets.answer_editor import AnswerEditor
from visitapp.ui.widgets.idle import IdleSaver
from visitapp.ui.widgets.text import named

MOST_ROWS = 12
"""Lines of a text that are shown at once; a longer one scrolls."""

COUNTED_FROM = LONGEST_NOTE - 2_000
"""The length from which the room that is left is shown."""

LONGEST_PASTE = 5 * LONGEST_NOTE
"""A longer paste is refused: laying it out would stop the window for seconds."""


class NoteEditor(QPlainTextEdit):
    """Grows with its text. `edited` carries the text to save: while someone types, and when the
    field is left. `room` carries a sentence about its length, empty while there is plenty."""

    edited = Signal(str)
    typing = Signal()
    room = Signal(str)

    def __init__(self, name: str, placeholder: str, *, rows: int = 3) -> None:
        super().__init__()
        named(self, name)
        self._rows = rows
        self._saver = IdleSaver(self._save, self)
        self._recorded = ""
        self._showing = False
        self._seen = ""
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def show_text(self, text: str) -> None:
        """Take over what is recorded; something newer that was typed stays."""
        newer = self.is_unsaved()
        self._recorded = text
        if newer or self.toPlainText() == text:
            return
        self._showing = True
        self.setPlainText(text)
        self._showing = False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Leave files and pictures to what is around it: a path is no text of a note."""
        if _is_no_text(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave the key that pastes to the page as well, when a file or a picture was copied."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.matches(QKeySequence.StandardKey.Paste)
            and _is_no_text(QApplication.clipboard().mimeData())
        ):
            event.ignore()
            return False
        return super().event(event)

    def begin(self) -> None:
        """Put the caret at the end of the text."""
        self.setFocus()
        self.moveCursor(QTextCursor.MoveOperation.End)

    def before_caret(self) -> str:
        """The text of the line before the caret."""
        caret = self.textCursor()
        return "" if caret.hasSelection() else caret.block().text()[: caret.positionInBlock()]

    def insert(self, text: str, *, instead_of: int) -> None:
        """Put a text at the caret, in place of so many characters before it; one step of undo."""
        caret = self.textCursor()
        left = QTextCursor.MoveOperation.Left
        caret.movePosition(left, QTextCursor.MoveMode.KeepAnchor, instead_of)
        caret.insertText(text)
        self.setTextCursor(caret)
        self.setFocus()

    def flush(self) -> None:
        """Save now what was typed and is not recorded."""
        self._saver.stop()
        self._save()

    def revert(self) -> str:
        """Show the recorded text again; gives what was typed and not recorded."""
        typed = self.toPlainText().strip() if self.is_unsaved() else ""
        self._saver.stop()
        if typed:
            self._showing = True
            self.setPlainText(self._recorded)
            self._showing = False
        return typed

    def is_unsaved(self) -> bool:
        """Whether what is on screen differs from what is recorded."""
        return self.toPlainText().strip() != self._recorded.strip()

    def problem(self) -> str:
        """Why the text cannot be recorded, as a sentence; empty when it can."""
        over = len(self.toPlainText().strip()) - LONGEST_NOTE
        if over <= 0:
            return ""
        return plural(
            "Too long by {n} character. The limit is {most}. It is not saved until it is shorter.",
            "Too long by {n} characters. The limit is {most}. It is not saved until it is shorter.",
            over,
            n=f"{over:,}",
            most=f"{LONGEST_NOTE:,}",
        )

    def _save(self) -> None:
        if self.is_unsaved() and not self.problem():
            self.edited.emit(self.toPlainText().strip())

    def sizeHint(self) -> QSize:
        lines = min(max(self._rows, self._lines()), MOST_ROWS)
        edges = 2 * round(self.document().documentMargin()) + self.fontMetrics().height()
        return QSize(200, lines * self.fontMetrics().lineSpacing() + edges)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.flush()
        super().focusOutEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if len(source.text()) > LONGEST_PASTE:
            self.room.emit(
                translate(
                    "Nothing was pasted: the clipboard has {n} characters, and the limit here is "
                    "{most}.",
                    n=f"{len(source.text()):,}",
                    most=f"{LONGEST_NOTE:,}",
                )
            )
            return
        self.insertPlainText(list_marks(source.text()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _lines(self) -> int:
        return int(self.document().size().height())

    def _fit(self) -> None:
        scrolls = self._lines() > MOST_ROWS
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
        )
        self.updateGeometry()

    def _changed(self) -> None:
        if self.toPlainText() == self._seen:
            return  # a word was marked, and nothing written
        self._seen = self.toPlainText()
        self.room.emit(self._room())
        if not self._showing:
            self.typing.emit()
            self._saver.typed()

    def _room(self) -> str:
        length = len(self.toPlainText().strip())
        if length <= COUNTED_FROM or length > LONGEST_NOTE:
            return self.problem()
        left = LONGEST_NOTE - length
        return plural("{n} character left.", "{n} characters left.", left, n=f"{left:,}")


class TextEditor(AnswerEditor):
    """The answer to a text question."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.field = NoteEditor(question.ask, translate("Write what you found"))
        self.field.edited.connect(lambda text: self.give(value=text or None))
        self.field.typing.connect(self.typing)
        self.field.room.connect(self.invalid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)

    def show_answer(self, answer: AnswerView) -> None:
        self.field.show_text(answer.value or "")

    def is_unsaved(self) -> bool:
        return self.field.is_unsaved()

    def problem(self) -> str:
        return self.field.problem()

    def begin(self) -> None:
        self.field.begin()

    def flush(self) -> None:
        self.field.flush()

    def revert(self) -> None:
        self.field.revert()


def _is_no_text(mime: QMimeData) -> bool:
    """Whether it is files, or a picture without any words."""
    files = any(url.isLocalFile() for url in mime.urls())
    return files or (mime.hasImage() and not mime.hasFormat("text/plain"))
