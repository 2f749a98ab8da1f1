"""The whole text of a notice, and what became of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.records import NoticeState
from visitapp.services.notices.notices import NoticeView
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word


class NoticeTextDialog(Dialog):
    """`setting_requested` carries the id of the setting to go to, `print_requested` the NoticeView
    to save as a PDF."""

    setting_requested = Signal(str)
    print_requested = Signal(object)

    def __init__(self, parent: QWidget | None, notice: NoticeView) -> None:
        super().__init__(parent, translate("Notice"), translate("Open the setting"))
        self.cancel.setText(translate("Close"))
        self.cancel.setAccessibleName(self.cancel.text())
        self._setting_id = notice.setting_id
        who = words.joined(notice.audience, notice.district)
        self.column.addWidget(label(notice.setting, strong=True, wrap=True))
        self.column.addWidget(label(who, tone="muted", wrap=True))
        text = label(notice.text, wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(text)
        state = choice_word(NoticeState, notice.state)
        made = translate("made {day}", day=words.day(notice.made_at.date()))
        self.column.addWidget(
            label(words.joined(state, made, notice.error), tone="muted", wrap=True)
        )

        self.paper = button(translate("Save as PDF…"))
        self.paper.clicked.connect(lambda: self.guarded(lambda: self.print_requested.emit(notice)))
        self.add_way(self.paper)

    def attempt(self) -> None:
        """Go to the setting."""
        self.setting_requested.emit(self._setting_id)
        self.accept()
