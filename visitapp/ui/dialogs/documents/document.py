"""One document: what is recorded of it, its file, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.rules.market.documents import Validity
from visitapp.rules.market_choices import DocumentKind
from visitapp.services.documents.views import DocumentView
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.models.documents import owner_words, validity_words
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word

_PAST = (Validity.REPLACED, Validity.WITHDRAWN)


class DocumentDialog(Dialog):
    """The signals ask for what their buttons say; each closes the dialog."""

    copy_requested = Signal()
    replacement_requested = Signal()
    edit_requested = Signal()
    withdrawal_requested = Signal()
    return_requested = Signal()

    def __init__(self, parent: QWidget | None, one: DocumentView, *, may_change: bool) -> None:
        has_file = bool(one.sha256)
        primary = translate("Save a copy…") if has_file else translate("Close")
        super().__init__(parent, one.title, primary)
        self._has_file = has_file
        self.cancel.setText(translate("Close"))
        self.cancel.setAccessibleName(self.cancel.text())
        self.cancel.setVisible(has_file)
        text, tone = validity_words(one)
        self.column.addWidget(label(text, strong=True, tone=tone, wrap=True))
        issued = translate("issued {day}", day=words.day(one.issued_on)) if one.issued_on else ""
        lines = [
            words.joined(choice_word(DocumentKind, one.kind), owner_words(one)),
            words.joined(issued, translate("recorded by {name}", name=one.by)),
            one.note,
            words.joined(words.day(one.withdrawn_on), one.withdrawn_reason),
            "" if has_file else translate("The document was seen, but no file was kept."),
        ]
        for line in lines:
            if line:
                self.column.addWidget(label(line, tone="muted", wrap=True))
        if may_change:
            self._add_ways(one)

    def _add_ways(self, one: DocumentView) -> None:
        ways = [(translate("Edit…"), self.edit_requested)]
        if one.validity == Validity.WITHDRAWN:
            ways.append((translate("Reinstate it"), self.return_requested))
        if one.validity not in _PAST:
            ways.insert(0, (translate("Replace…"), self.replacement_requested))
            ways.append((translate("Withdraw…"), self.withdrawal_requested))
        for text, signal in reversed(ways):
            way = button(text)
            way.clicked.connect(lambda _on, signal=signal: self._leave_for(signal))
            self.add_way(way)

    def _leave_for(self, signal: Signal) -> None:
        self.accept()
        signal.emit()  # type: ignore[attr-defined]  # bound, as Qt makes it

    def attempt(self) -> None:
        """Save a copy of its file; without one, close."""
        self.accept()
        if self._has_file:
            self.copy_requested.emit()
