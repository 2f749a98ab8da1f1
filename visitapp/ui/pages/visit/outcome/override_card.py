"""Overrides of the outcome of a signed-off visit, and the way to ask for one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from visitapp.language import translate
from visitapp.records import OverrideStatus
from visitapp.rules.authority.override_life import LIVE_OVERRIDES
from visitapp.services.views.decided.overrides import OverrideView
from visitapp.services.visits.sign_off.override_views import override_line
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.widgets.card import Card, clear
from visitapp.ui.widgets.text import button, label


class OverrideCard(Card):
    """`asked` carries the id of the visit, `withdrawal_requested` that of an override."""

    asked = Signal(str)
    withdrawal_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._visit_id = ""
        self._open: OverrideView | None = None
        self._shown: list[OverrideView] | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(5)
        self.ask = button(translate("Override the outcome…"), kind="link")
        self.withdraw = button(translate("Withdraw the override…"), kind="link")
        self.column.addWidget(label(translate("Override"), size="small", strong=True))
        self.column.addLayout(self._list)
        for way in (self.ask, self.withdraw):
            self.column.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        self.ask.clicked.connect(lambda: self.asked.emit(self._visit_id))
        self.withdraw.clicked.connect(self._withdraw)

    def show_sheet(self, sheet: VisitState) -> None:
        """Show both ratings of a signed-off visit."""
        view = sheet.view
        self._visit_id = view.summary.id
        self.setVisible(sheet.frozen and sheet.form.kind == "visit")
        live = [one for one in view.outcome_overrides if one.status in LIVE_OVERRIDES]
        asked = [one for one in live if one.status == OverrideStatus.ASKED]
        self._open = asked[0] if asked else None
        self.ask.setVisible(not live)
        self.withdraw.setVisible(bool(asked))
        if view.outcome_overrides == self._shown:
            return
        self._shown = view.outcome_overrides
        clear(self._list)
        for one in view.outcome_overrides:
            self._list.addWidget(label(override_line(one), size="small", wrap=True))

    def _withdraw(self) -> None:
        if self._open is not None:
            self.withdrawal_requested.emit(self._open.id)
