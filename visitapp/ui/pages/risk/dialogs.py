"""The dialogs of live risk."""

from __future__ import annotations

from PySide6.QtCore import Signal

from visitapp.services.views.risk import RankedRisk
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.risk.live_risk import LiveRiskDialog
from visitapp.ui.shell.routes import Route


class RiskDialogs(PageDialogs):
    """Explains the risk of a setting. `assessment_requested` carries the id of one to assess."""

    assessment_requested = Signal(str)

    def explain(self, row: RankedRisk) -> None:
        """Show every reason."""
        view = self._services.risk_ranking.view(row.setting_id, row)
        dialog = LiveRiskDialog(self._window, view)
        dialog.setting_requested.connect(lambda id_: self.went.emit(Route("setting", id_)))
        dialog.assessment_requested.connect(self.assessment_requested)
        dialog.open()
