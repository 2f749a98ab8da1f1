"""The concerns of one setting that are open, and its clusters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from visitapp.language import plural, translate
from visitapp.rules.concerns.states import ConcernStatus
from visitapp.services.concerns.concerns import Concerns
from visitapp.services.concerns.trends import ConcernTrends
from visitapp.services.concerns.views import ConcernFilter, ConcernRow
from visitapp.services.concerns.words import cluster_words, due_words
from visitapp.services.support.support import Support
from visitapp.ui import words
from visitapp.ui.models.concerns import kind_line
from visitapp.ui.pages.support.lines import SupportLines
from visitapp.ui.widgets.card import Card, clear, rule
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word

_MOST = 5


class ConcernsCard(Card):
    """`opened` carries the id of a concern, `log_requested` and `support_requested` that of the
    setting."""

    opened = Signal(str)
    support_requested = Signal(str)
    log_requested = Signal(str)

    def __init__(self, concerns: Concerns, trends: ConcernTrends, support: Support) -> None:
        super().__init__(translate("Concerns"))
        self._concerns, self._trends, self._id = concerns, trends, ""
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.column.addLayout(self._list)
        self.log = button(translate("Log a concern"), kind="chip")
        self.log.clicked.connect(lambda: self.log_requested.emit(self._id))
        self.column.addWidget(self.log, 0, Qt.AlignmentFlag.AlignLeft)
        self.support = SupportLines(support)
        self.column.addWidget(self.support)
        self.refer = button(translate("Refer a theme for support…"), kind="link")
        self.refer.clicked.connect(lambda: self.support_requested.emit(self._id))
        self.column.addWidget(self.refer, 0, Qt.AlignmentFlag.AlignLeft)

    def show_setting(self, setting_id: str) -> None:
        """Show the open concerns of a setting."""
        self._id = setting_id
        found = self._concerns.list(ConcernFilter(setting_id=setting_id))
        clear(self._list)
        for cluster in self._trends.clusters(setting_id):
            said = f"▲ {cluster_words(cluster)}"
            self._list.addWidget(label(said, tone="amber", strong=True, wrap=True))
        self._show(found)
        self.support.show_lines(setting_id)

    def _show(self, found: Sequence[ConcernRow]) -> None:
        if not found:
            none = translate("No open concerns that you can see.")
            self._list.addWidget(label(none, tone="muted", wrap=True))
        for place, one in enumerate(found[:_MOST]):
            if place:
                self._list.addWidget(rule())
            way = button(one.title, kind="link", name=translate("Concern: {t}", t=one.title))
            way.clicked.connect(lambda _=False, id_=one.id: self.opened.emit(id_))
            self._list.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
            state = words.joined(kind_line(one), choice_word(ConcernStatus, one.status))
            self._list.addWidget(label(state, size="small", tone="muted", wrap=True))
            if one.next_due is not None:
                tone = "red" if one.late else "muted"
                self._list.addWidget(label(due_words(one), size="small", tone=tone, wrap=True))
        if len(found) > _MOST:
            more = plural("{n} more is open.", "{n} more are open.", len(found) - _MOST)
            self._list.addWidget(label(more, tone="muted", wrap=True))
