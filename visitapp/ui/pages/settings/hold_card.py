"""The legal holds that keep the records of a setting."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from visitapp.language import translate
from visitapp.services.retention.holds import LegalHolds
from visitapp.ui import words
from visitapp.ui.widgets.card import Card, clear, rule
from visitapp.ui.widgets.text import button, label


class HoldCard(Card):
    """Each hold with its reason, for those who may set one. `hold_requested` carries the setting,
    `lifting_requested` the hold."""

    hold_requested = Signal(str)
    lifting_requested = Signal(str)

    def __init__(self, holds: LegalHolds) -> None:
        super().__init__(translate("Legal hold"))
        self._holds, self._setting_id = holds, ""
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.column.addLayout(self._list)
        self.hold = button(translate("Set a legal hold…"), kind="chip")
        self.hold.clicked.connect(lambda: self.hold_requested.emit(self._setting_id))
        self.column.addWidget(self.hold, 0, Qt.AlignmentFlag.AlignLeft)

    def show_setting(self, setting_id: str) -> None:
        """Show the holds on a setting, its provider, its contracts and people placed there."""
        self._setting_id = setting_id
        clear(self._list)
        found, may_set = self._holds.of_setting(setting_id), self._holds.may_set()
        self.setVisible(bool(found) or may_set)
        self.hold.setVisible(may_set)
        for place, one in enumerate(found):
            if place:
                self._list.addWidget(rule())
            since = translate("since {day}", day=words.day(one.set_on))
            self._list.addWidget(
                label(words.joined(one.subject_word, one.name, since), strong=True)
            )
            by = words.joined(one.reason, one.set_by)
            self._list.addWidget(label(by, size="small", tone="muted", wrap=True))
            if may_set:
                name = translate("Lift the hold on {name}", name=one.name)
                lift = button(translate("Lift"), kind="link", name=name)
                lift.clicked.connect(lambda _=False, id_=one.id: self.lifting_requested.emit(id_))
                self._list.addWidget(lift, 0, Qt.AlignmentFlag.AlignLeft)
        if not found:
            none = translate("No hold. Records are removed when their retention period is over.")
            self._list.addWidget(label(none, tone="muted", wrap=True))
