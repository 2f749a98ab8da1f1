"""Referrals for support as lines of a card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.language import translate
from visitapp.services.support.support import Support
from visitapp.services.support.views import SupportView
from visitapp.services.support.words import effect_words, headline
from visitapp.ui import words
from visitapp.ui.widgets.card import clear
from visitapp.ui.widgets.text import button, label

_MOST = 5


class SupportLines(QWidget):
    """`opened` carries the id of a referral."""

    opened = Signal(str)

    def __init__(self, support: Support) -> None:
        super().__init__()
        self._support = support
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(6)

    def show_lines(self, setting_id: str | None = None) -> list[SupportView]:
        """Show the first of the open referrals, of a setting or of all; all of them."""
        found = self._support.list(setting_id, open_only=True)
        clear(self._list)
        for one in found[:_MOST]:
            theme = one.theme_label
            said = theme if setting_id else words.joined(one.setting, theme)
            name = translate("Support: {what}", what=words.joined(said, headline(one)))
            way = button(said, kind="link", name=name)
            way.clicked.connect(lambda _=False, id_=one.id: self.opened.emit(id_))
            self._list.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
            self._list.addWidget(label(headline(one), size="small", wrap=True))
            tone = "amber" if one.to_review else "muted"
            self._list.addWidget(label(effect_words(one), size="small", tone=tone, wrap=True))
        self.setVisible(bool(found))
        return found
