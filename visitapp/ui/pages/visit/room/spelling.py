"""Marks words that are not in the dictionary in the texts of a visit, and offers others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Thread

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.services.spelling import Span, Spelling
from visitapp.ui.pages.visit.area_view import AreaView
from visitapp.ui.theme.tokens import MISSPELT
from visitapp.ui.widgets.note_editor import NoteEditor
from visitapp.ui.widgets.text import named

WAVE = QColor(MISSPELT)


class Marks(QSyntaxHighlighter):
    """A wavy line, a shape and no colour alone, under each wrong word of a document."""

    def __init__(self, document: QTextDocument, spelling: Spelling) -> None:
        super().__init__(document)
        self._spelling = spelling
        self._format = QTextCharFormat()
        self._format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._format.setUnderlineColor(WAVE)

    def highlightBlock(self, text: str) -> None:
        """Mark a paragraph."""
        for start, length in self._spelling.wrong(text):
            self.setFormat(start, length, self._format)


class SpellMarks(QObject):
    """Begins with the first text that gets the focus: the list is read in the background then.
    `said` carries a sentence for the person."""

    said = Signal(str)
    _loaded = Signal()

    def __init__(self, area: AreaView, spelling: Spelling, manage: Callable[[], object]) -> None:
        super().__init__(area)
        self._area, self._spelling, self._manage = area, spelling, manage
        self._marks: dict[NoteEditor, Marks] = {}
        self._loading: Thread | None = None
        self._version = 0
        self.menu = named(QMenu(area), translate("Spelling"))
        self._loaded.connect(self.mark_again)
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._focus_moved)

    def mark_again(self) -> None:
        """The list, or the words of one's own, are others now."""
        self._version, on = self._spelling.version, self._spelling.on
        for note, marks in self._marks.items():
            marks.setDocument(note.document() if on else None)
            if on:
                marks.rehighlight()

    def marked(self, note: NoteEditor) -> list[str]:
        """The words that are marked in a text."""
        text = note.toPlainText()
        spans = self._spelling.wrong(text) if note in self._marks and self._spelling.on else ()
        return [text[start : start + length] for start, length in spans]

    def next(self) -> None:
        """Go to the next marked word of the text in focus, and offer others for it."""
        note = QApplication.focusWidget()
        if not isinstance(note, NoteEditor) or note not in self._marks:
            self.said.emit(translate("Go into a note first, then press F7."))
            return
        text, caret = note.toPlainText(), note.textCursor().position()
        wrong = list(self._spelling.wrong(text)) if self._spelling.on else []
        if not wrong:
            self.said.emit(translate("No word is marked in this text."))
            return
        span = next((one for one in wrong if one.start >= caret), wrong[0])
        self._select(note, span)
        self._offer(note, note.mapToGlobal(note.cursorRect().bottomLeft()), QMenu(note))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put what a marked word may have been meant as on top of the usual menu."""
        if isinstance(event, QContextMenuEvent) and isinstance(watched, QWidget):
            note = watched if isinstance(watched, NoteEditor) else watched.parentWidget()
            if isinstance(note, NoteEditor) and not note.isReadOnly():
                return self._context_menu(note, event)
        return super().eventFilter(watched, event)

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not isinstance(new, NoteEditor) or not self._area.isAncestorOf(new):
            return
        if self._version != self._spelling.version:
            self.mark_again()
        if new in self._marks or not self._spelling.on:
            return
        self._marks[new] = Marks(new.document(), self._spelling)
        new.destroyed.connect(partial(self._marks.pop, new, None))
        for part in (new, new.viewport()):
            part.installEventFilter(self)
        if self._loading is None:
            self._loading = Thread(target=self._load, daemon=True)
            self._loading.start()

    def _load(self) -> None:
        self._spelling.load()
        self._loaded.emit()

    def _context_menu(self, note: NoteEditor, event: QContextMenuEvent) -> bool:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        cursor = note.cursorForPosition(event.pos()) if by_mouse else note.textCursor()
        place = cursor.position()
        wrong = self._spelling.wrong(note.toPlainText()) if self._spelling.on else ()
        span = next((one for one in wrong if one.start <= place <= one.start + one.length), None)
        if span is None:
            return False
        self._select(note, span)
        self._offer(note, event.globalPos(), note.createStandardContextMenu())
        return True

    def _select(self, note: NoteEditor, span: Span) -> None:
        cursor = note.textCursor()
        cursor.setPosition(span.start)
        cursor.setPosition(span.start + span.length, QTextCursor.MoveMode.KeepAnchor)
        note.setTextCursor(cursor)

    def _offer(self, note: NoteEditor, at: QPoint, usual: QMenu) -> None:
        """The words that may be meant, then what else can be done, then the usual entries."""
        word = note.textCursor().selectedText()
        self.menu.clear()
        for other in self._spelling.suggest(word):
            self._add(other, partial(self._replace, note, word, other))
        if not self.menu.actions():
            self.menu.addAction(QAction(translate("No suggestion"), self.menu, enabled=False))
        self.menu.addSeparator()
        self._add(translate("Add “{word}” to my words", word=word), partial(self._learn, word))
        self._add(translate("My words…"), self._manage)
        if usual.actions():
            self.menu.addSeparator()
            usual.setParent(self.menu)
            self.menu.addActions(usual.actions())
        self.menu.setActiveAction(next(one for one in self.menu.actions() if one.isEnabled()))
        self.menu.popup(at)

    def _add(self, text: str, do: Callable[[], object]) -> None:
        line = QAction(text.replace("&", "&&"), self.menu)
        line.triggered.connect(lambda _checked=False: do())
        self.menu.addAction(line)

    @staticmethod
    def _replace(note: NoteEditor, word: str, other: str) -> None:
        cursor = note.textCursor()
        if cursor.selectedText() == word:
            cursor.insertText(other)
            note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _learn(self, word: str) -> None:
        try:
            self._spelling.learn(word)
        except VisitappError as problem:
            self.said.emit(str(problem))
        self.mark_again()
