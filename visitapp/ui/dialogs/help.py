"""The keys, in an overlay."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from visitapp.language import translate
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.guide import GuideDialog
from visitapp.ui.pages.casework_keys import (
    action_keys,
    escalation_keys,
    intervention_keys,
    setting_keys,
)
from visitapp.ui.pages.visit.keys import visit_keys
from visitapp.ui.shell.shortcuts import (
    Key,
    decision_keys,
    page_keys,
    plan_keys,
    review_keys,
    sync_keys,
    today_keys,
    window_keys,
)
from visitapp.ui.widgets.text import button, label

_OTHER = ""


def sections() -> dict[str, tuple[str, list[Key]]]:
    """By page, its keys under their heading."""
    return {
        "today": (translate("On the page Today"), today_keys()),
        "visit": (translate("On a visit"), visit_keys()),
        "review": (translate("On a review"), review_keys()),
        "decisions": (translate("On the page Decisions"), decision_keys()),
        "actions": (translate("On the page Actions"), action_keys()),
        "setting": (translate("On a setting"), setting_keys()),
        "plan": (translate("On an improvement plan"), plan_keys()),
        "escalation": (translate("On the page Escalation"), escalation_keys()),
        "intervention": (translate("On an intervention"), intervention_keys()),
        "sync": (translate("On the Sync page"), sync_keys()),
        _OTHER: (translate("On other pages"), page_keys()),
    }


class HelpDialog(Dialog):
    """Every key of the window and its pages: those of the page in view first, named as a Route
    names it, then those that work everywhere."""

    def __init__(self, parent: QWidget | None, page: str = "") -> None:
        super().__init__(parent, translate("Keys"), translate("Close"))
        self.cancel.hide()
        self._page = page
        self.guide = button(translate("Guide"), hint=translate("A page for each task"))
        self.guide.clicked.connect(self._read_guide)
        self.add_way(self.guide)
        left = sections()
        self._add(*left.pop(page if page in left else _OTHER))
        self._add(translate("Everywhere"), window_keys())
        for heading, keys in left.values():
            self._add(heading, keys)

    def attempt(self) -> None:
        """Close."""
        self.accept()

    def _read_guide(self) -> None:
        """The guide takes the place of the keys."""
        self.accept()
        GuideDialog(self.parentWidget(), self._page).open()

    def _add(self, heading: str, keys: Sequence[Key]) -> None:
        self.column.addWidget(label(heading, size="heading"))
        grid = QGridLayout()
        grid.setColumnMinimumWidth(0, 140)
        grid.setColumnStretch(1, 1)
        grid.setVerticalSpacing(4)
        for row, key in enumerate(keys):
            grid.addWidget(label(key.shown, strong=True), row, 0)
            grid.addWidget(label(key.does, wrap=True), row, 1)
        self.column.addLayout(grid)
        self.column.addSpacing(8)
