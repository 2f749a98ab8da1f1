"""Raising a concern from inside a visit, without leaving it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from visitapp.ui.pages.visit.area_view import AreaView
from visitapp.ui.pages.visit.visit_state import VisitState


class ConcernRaiser(QObject):
    """`requested` carries the visit and the question in view. What is typed is saved first."""

    requested = Signal(str, str)

    def __init__(self, area: AreaView, sheet: Callable[[], VisitState]) -> None:
        super().__init__(area)
        self._area, self._sheet = area, sheet

    def ask(self) -> None:
        """Ask for a concern at the question in view, while the visit is open."""
        card = self._area.current()
        if card is not None and not self._sheet().frozen:
            self._area.flush()
            self.requested.emit(self._sheet().view.summary.id, card.question.id)
