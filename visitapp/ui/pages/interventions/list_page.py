"""Every intervention on this device."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from visitapp.language import translate
from visitapp.rules.interventions.states import (
    OPEN_INTERVENTIONS,
    UNFINISHED_INTERVENTIONS,
    InterventionStatus,
)
from visitapp.services.interventions.interventions import Interventions
from visitapp.services.interventions.views import InterventionLine
from visitapp.ui.pages.interventions.columns import line_columns
from visitapp.ui.pages.lists import ListPage
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.table import RowTable


class InterventionsPage(ListPage):
    """Those that have not ended stand first. Enter opens the page of one."""

    tells = "intervention"

    def __init__(self, interventions: Interventions, look: Look, today: Callable[[], date]) -> None:
        name = translate("Interventions")
        filters = FilterChips(
            translate("Filters"),
            [
                ("unfinished", translate("Not ended")),
                ("referred", translate("Waiting for a team lead")),
                ("late", translate("Past the planned end")),
                ("holding", translate("Every criterion holds")),
                ("ended", translate("Ended")),
            ],
        )
        empty = EmptyState(
            translate("No interventions yet"),
            translate(
                "An intervention is intensive support for a setting that does not improve in "
                "time. Open the setting and press I to refer it. Those of the settings that you "
                "see are listed here."
            ),
            translate("See the portfolio"),
        )
        empty.begun.connect(lambda: self.went.emit(Route("portfolio")))
        table = RowTable(name, line_columns(today), look)
        super().__init__(name, filters, table, empty, translate("Search interventions, Ctrl F"))
        self._interventions, self._today = interventions, today
        self._all: list[InterventionLine] = []
        table.opened.connect(lambda one: self.went.emit(Route("intervention", one.setting_id)))

    def read(self) -> bool:
        self._all = self._interventions.list()
        return bool(self._all)

    def show_list(self) -> None:
        self.table.show_rows([one for one in self._all if self._wanted(one)])

    def _wanted(self, one: InterventionLine) -> bool:
        return self._in_filter(one) and self.matches(one.setting, one.officer)

    def _in_filter(self, one: InterventionLine) -> bool:
        match self.filters.key():
            case "referred":
                return one.status == InterventionStatus.REFERRED
            case "late":
                return one.is_late(self._today())
            case "holding":
                holds = 0 < one.criteria == one.holding
                return holds and one.status in OPEN_INTERVENTIONS
            case "ended":
                return one.status not in UNFINISHED_INTERVENTIONS
        return one.status in UNFINISHED_INTERVENTIONS
