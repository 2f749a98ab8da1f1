"""The documents of a provider or setting, those that are due first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from visitapp.language import plural, translate
from visitapp.rules.market.documents import Validity
from visitapp.rules.market_choices import DocumentKind
from visitapp.services.documents.views import DocumentOwner, DocumentView
from visitapp.ui import words
from visitapp.ui.models.documents import owner_words, validity_words
from visitapp.ui.widgets.card import Card, clear
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word

MOST_PAST = 5
_PAST = (Validity.REPLACED, Validity.WITHDRAWN)


class DocumentsCard(Card):
    """`document_requested` carries the id of a document; `addition_requested` the DocumentOwner of
    a new one."""

    document_requested = Signal(str)
    addition_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(translate("Documents"))
        self._owner = DocumentOwner("", "")
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.column.addLayout(self._list)
        self.add = button(translate("Add a document…"), kind="chip")
        self.add.clicked.connect(lambda: self.addition_requested.emit(self._owner))
        self.column.addSpacing(4)
        self.column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_documents(
        self, owner: DocumentOwner, documents: Sequence[DocumentView], *, may_add: bool
    ) -> None:
        """Show them; of those that were replaced or withdrawn the first few."""
        self._owner = owner
        clear(self._list)
        standing = [one for one in documents if one.validity not in _PAST]
        past = [one for one in documents if one.validity in _PAST]
        for one in (*standing, *past[:MOST_PAST]):
            self._add_line(one)
        if len(past) > MOST_PAST:
            more = len(past) - MOST_PAST
            self._say(plural("{n} older document", "{n} older documents", more), "muted")
        if not documents:
            self._say(
                translate(
                    "No insurance, certificate or policy is recorded. Record each with its "
                    "expiry date, and it is listed here 30 days before."
                ),
                "muted",
            )
        self.add.setVisible(may_add)

    def _add_line(self, one: DocumentView) -> None:
        way = button(one.title, kind="link")
        way.clicked.connect(lambda _on, id_=one.id: self.document_requested.emit(id_))
        self._list.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        text, tone = validity_words(one)
        self._say(text, tone)
        of = owner_words(one) if one.owner.id != self._owner.id else ""
        self._say(words.joined(choice_word(DocumentKind, one.kind), of), "muted")

    def _say(self, text: str, tone: str) -> None:
        self._list.addWidget(label(text, size="small", tone=tone, wrap=True))
