"""The keys, in an overlay."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from visitapp.language import translate
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.pages.casework_keys import escalation_keys, intervention_keys, setting_keys
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
from visitapp.ui.widgets.text import label


class HelpDialog(Dialog):
    """Every key of the window and its pages."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, translate("Keys"), translate("Close"))
        self.cancel.hide()
        self._add(translate("On the page Today"), today_keys())
        self._add(translate("On a visit"), visit_keys())
        self._add(translate("On a review"), review_keys())
        self._add(translate("On the page Decisions"), decision_keys())
        self._add(translate("On a setting"), setting_keys())
        self._add(translate("On an improvement plan"), plan_keys())
        self._add(translate("On the page Escalation"), escalation_keys())
        self._add(translate("On an intervention"), intervention_keys())
        self._add(translate("On the Sync page"), sync_keys())
        self._add(translate("On other pages"), page_keys())
        self._add(translate("Everywhere"), window_keys())

    def attempt(self) -> None:
        """Close."""
        self.accept()

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
