"""A RAG as shape, word and colour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from visitapp.ui import words
from visitapp.ui.widgets.text import set_property


class RagChip(QLabel):
    """Shows `red`, `amber`, `green` or `unrated`, with the RAG's word or another."""

    def __init__(
        self, rag: str, word: str = "", *, large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setProperty("large", large)
        self.set_rag(rag, word)

    def set_rag(self, rag: str, word: str = "", *, faint: bool = False) -> None:
        """Show another RAG; a faint one, which may well change, has an outline and no fill."""
        self.rag, self._word, self._faint = rag, word, faint
        set_property(self, "faint", faint)
        self.setText(words.shaped(rag, word))
        self.setAccessibleName(word or words.rag_word(rag))
        set_property(self, "rag", rag)

    def show_in(self, other: RagChip) -> None:
        """Let another chip show the same."""
        other.set_rag(self.rag, self._word, faint=self._faint)
