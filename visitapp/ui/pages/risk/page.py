"""The ranking by live risk: where to go next, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from visitapp.language import plural, translate
from visitapp.services.services import Services
from visitapp.services.views.risk import RankedRisk, risk_facets
from visitapp.standing.risk.live import CONTRACT, QUALITY
from visitapp.ui import words
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.models.live_risk import ranking_columns
from visitapp.ui.pages.holders.place_columns import place_columns
from visitapp.ui.pages.lists import ListPage
from visitapp.ui.pages.risk.marked import MarkedRisk
from visitapp.ui.saved_views import SavedViews
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import listen_buttons, page_keys
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import button, label


class RiskPage(ListPage):
    """`risk_opened` carries the RankedRisk to explain, `plan_requested` the id of a setting."""

    tells = "visit"
    risk_opened = Signal(object)
    plan_requested = Signal(str)

    def __init__(self, services: Services, look: Look, views: SavedViews) -> None:
        name = translate("Risk")
        filters = FilterChips(
            translate("Filters"),
            [
                ("all", translate("All")),
                ("mine", translate("Mine")),
                ("high", translate("High, either result")),
                ("up", translate("Moved up")),
                ("unknown", translate("Not enough known")),
                ("unplanned", translate("No visit planned")),
            ],
        )
        empty = EmptyState(
            translate("No risk to show yet"),
            translate(
                "Your council's risk model runs by itself for each open setting, from the records "
                "and from what you answered by hand. Add a setting first."
            ),
            translate("See the portfolio"),
        )
        empty.begun.connect(lambda: self.went.emit(Route("portfolio")))
        self._services, self._ranking = services, services.risk_ranking
        self._all: list[RankedRisk] = []
        columns = [*ranking_columns(services.desk.today), *place_columns(without={"service_type"})]
        table = RowTable(name, columns, look)
        super().__init__(name, filters, table, empty, translate("Search settings, Ctrl F"), views)
        self.by = choices(
            translate("Rank by"),
            {
                QUALITY: translate("Rank by quality risk"),
                CONTRACT: translate("Rank by contract risk"),
            },
        )
        self.summary = label(wrap=True)
        self.polarity = label(size="small", tone="muted", wrap=True)
        self.marked = MarkedRisk()
        self.plan = button(translate("Plan a visit…"), kind="primary", makes="planned_visit")
        self.header.add(self.plan)
        self._lay_out()
        self.by.currentIndexChanged.connect(self.refresh)
        self.plan.clicked.connect(self._plan)
        table.opened.connect(self.risk_opened)
        table.marked.connect(self._show_marked)
        listen_buttons(self, page_keys(), {"plan": self.plan})

    def _lay_out(self) -> None:
        content = self.stack.widget(0)
        assert isinstance(content, ScrollColumn)
        content.column.insertWidget(0, self.summary)
        boxes = Flow(gap=12)
        boxes.add(self.by)
        content.column.insertWidget(2, boxes)
        content.column.insertWidget(content.column.count() - 2, self.polarity)
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 0, 24, 12)
        foot.addWidget(self.marked)
        self.column.addLayout(foot)

    def open(self, route: Route) -> None:
        """Show the ranking; with the setting marked that the route names."""
        if route.id:
            self.filters.choose("all")
            self.header.search.clear()
            self.narrow.show_choice({}, "")
        self.refresh()
        if route.id:
            rows = self.table.rows.rows
            places = (n for n, row in enumerate(rows) if _setting_of(row) == route.id)
            self.table.selectRow(next(places, 0))

    def typed_filters(self) -> list[str]:
        return [self.by.currentText(), *super().typed_filters()]

    def read(self) -> bool:
        self._all = self._ranking.rows(self.by.currentData())
        self.summary.setText(summary_of(self._all))
        self.polarity.setText(
            words.joined(
                translate("Scores are out of 100: a lower score is riskier."),
                translate("“Limits the result”: this answer alone keeps it where it is."),
                translate("Enter shows every reason."),
            )
        )
        self.marked.setVisible(bool(self._all))
        return bool(self._all)

    def show_list(self) -> None:
        belongs = self._belongs(self.filters.key())
        wanted = [row for row in self._all if belongs(row) and self.matches(row.setting)]
        self.show_narrowed(self._all, wanted, risk_facets)

    def _belongs(self, key: str) -> Callable[[RankedRisk], bool]:
        me = self._services.me().id
        wanted: dict[str, Callable[[RankedRisk], bool]] = {
            "all": lambda row: True,
            "mine": lambda row: row.place.officer_id == me,
            "high": lambda row: "red" in (row.quality.rag, row.contract and row.contract.rag),
            "up": lambda row: (row.moved or 0) > 0,
            "unknown": lambda row: row.rank is None,
            "unplanned": lambda row: row.planned_on is None,
        }
        return wanted[key]

    def _show_marked(self, row: object) -> None:
        self.marked.show_row(row if isinstance(row, RankedRisk) else None)

    def _plan(self) -> None:
        row = self.table.current()
        if isinstance(row, RankedRisk):
            self.plan_requested.emit(row.setting_id)
        else:
            self.said.emit(translate("Choose a setting in the list first."), None)


def _setting_of(row: object) -> str:
    return row.setting_id if isinstance(row, RankedRisk) else ""


def summary_of(rows: list[RankedRisk]) -> str:
    """`Quality risk: 4 high, 12 medium, 20 low. … 4 up, riskier; 3 down, safer.`"""
    quality = Counter(row.quality.rag for row in rows)
    contract = Counter(row.contract.rag for row in rows if row.contract is not None)
    parts = [_counted(translate("Quality risk"), quality)]
    if contract:
        parts.append(_counted(translate("Contract risk"), contract))
    up = sum((row.moved or 0) > 0 for row in rows)
    down = sum((row.moved or 0) < 0 for row in rows)
    if any(row.moved is not None for row in rows):
        parts.append(
            translate("Since last week {up} up, riskier; {down} down, safer.", up=up, down=down)
        )
    else:
        parts.append(translate("There is no record of last week to compare with yet."))
    return " ".join(parts)


def _counted(title: str, tally: Counter[str]) -> str:
    unknown = tally["unrated"]
    said = translate(
        "{title}: {high} high, {medium} medium, {low} low.",
        title=title,
        high=tally["red"],
        medium=tally["amber"],
        low=tally["green"],
    )
    if not unknown:
        return said
    more = plural("Not enough known of {n}.", "Not enough known of {n}.", unknown)
    return f"{said} {more}"
