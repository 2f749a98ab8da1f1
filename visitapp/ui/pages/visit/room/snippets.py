"""Short texts of one's own in notes: `;name` and Tab, or a menu at the caret."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from visitapp.language import translate
from visitapp.services.snippets import Snippet, Snippets
from visitapp.ui.pages.visit.area_view import AreaView
from visitapp.ui.pages.visit.question.question_card import QuestionCard
from visitapp.ui.widgets.note_editor import NoteEditor
from visitapp.ui.widgets.text import named

SHOWN = 50
"""Characters of a snippet that the menu shows."""


class SnippetKeys:
    """Inserts snippets where somebody types. `manage` opens the list of them."""

    def __init__(self, area: AreaView, snippets: Snippets, manage: Callable[[], object]) -> None:
        self._area, self._snippets, self._manage = area, snippets, manage
        self.menu = named(QMenu(area), translate("Snippets"))
        area.expand = self.expand

    def expand(self) -> bool:
        """Put a snippet in place of the `;name` before the caret; false when there is none."""
        note = self._note()
        found = self._snippets.asked_for(note.before_caret()) if note is not None else None
        if note is None or found is None:
            return False
        length, text = found
        note.insert(text, instead_of=length)
        return True

    def offer(self) -> None:
        """Show the snippets at the caret of the note, which is opened when no text has the
        focus."""
        card = self._area.current()
        if self._note() is None and isinstance(card, QuestionCard):
            card.begin("note")
        note = self._note()
        if note is None:
            return
        self.menu.clear()
        for snippet in self._snippets.all():
            line = QAction(_line(snippet), self.menu)
            line.triggered.connect(
                lambda _checked=False, text=snippet.text: note.insert(text, instead_of=0)
            )
            self.menu.addAction(line)
        self.menu.addSeparator()
        manage = QAction(translate("Manage snippets…"), self.menu)
        manage.triggered.connect(self._manage)
        self.menu.addAction(manage)
        self.menu.setActiveAction(self.menu.actions()[0])
        self.menu.popup(note.mapToGlobal(note.cursorRect().bottomLeft()))

    def _note(self) -> NoteEditor | None:
        """The text that somebody is typing in."""
        focus = QApplication.focusWidget()
        inside = isinstance(focus, NoteEditor) and self._area.isAncestorOf(focus)
        return (
            focus if inside and isinstance(focus, NoteEditor) and not focus.isReadOnly() else None
        )


def _line(snippet: Snippet) -> str:
    text = " ".join(snippet.text.split())
    shown = text if len(text) <= SHOWN else f"{text[: SHOWN - 1].rstrip()}…"
    return f";{snippet.name}   {shown}".replace("&", "&&")
