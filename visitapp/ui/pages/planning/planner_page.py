"""The planner: a month of visits by day, a year by officer, and what slips."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.dates import month_of_year
from visitapp.language import message, translate
from visitapp.rules.visiting.due import add_months
from visitapp.services.services import Services
from visitapp.services.views.planner import MonthLoad, PlannerDay, Whose, YearRow
from visitapp.services.views.planning import PlannedView
from visitapp.ui import words
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.models.rows import Cell, Column
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.planning.campaigns import CampaignsView
from visitapp.ui.pages.planning.planner_cards import DayCard, SlippingCard
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import listen_buttons, page_keys
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card, ScrollColumn
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.planner_grid import PlannerGrid, days_text
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.table_card import TableCard
from visitapp.ui.widgets.text import button, label

_MONTHS = 12
_VIEWS = ("month", "year", "campaigns")


class PlannerPage(Page):
    """`move_requested` carries a PlannedView and a day or None, `confirm_requested` and
    `cancel_requested` a PlannedView, `plan_requested` the id of a setting, `file_requested` the
    visits to put into a calendar file."""

    tells = "planned_visit"
    move_requested = Signal(object, object)
    confirm_requested = Signal(object)
    cancel_requested = Signal(object)
    plan_requested = Signal(str)
    moving_requested = Signal(str, object)
    file_requested = Signal(object)

    def __init__(self, services: Services, look: Look) -> None:
        name = translate("Planner")
        super().__init__(name, PageHeader(name))
        self._services, self._planner = services, services.planner
        today = self._today = services.desk.today
        self._whose: list[Whose] = []
        self._day = today()
        self._hint = translate(_KEYS.template)
        self.whose = choices(translate("Whose visits"), {})
        self.file = button(translate("Calendar file…"), hint=translate("Visits to come, as ICS"))
        self.header.add(self.whose)
        self.header.add(self.file)
        self.views = FilterChips(
            translate("View"),
            [
                ("month", translate("Month")),
                ("year", translate("Year")),
                ("campaigns", translate("Campaigns")),
            ],
        )
        self.campaigns = CampaignsView(services.campaigns, look, today)
        self._wanted = ""
        self.before = button("←", kind="chip", name=translate("Month before"))
        self.after = button("→", kind="chip", name=translate("Month after"))
        self.title = label(strong=True)
        self.told = label(self._hint, size="small", tone="muted", wrap=True)
        self.grid = PlannerGrid(look, today)
        self.load, self._load_line = Card(translate("Days needed against days you have")), Flow()
        self.slipping, self.day_card = SlippingCard(today), DayCard(today)
        self.year = RowTable(translate("A year by officer and team"), self._year_columns(), look)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        content = ScrollColumn(translate("Planner"), margins=(24, 20, 24, 20))
        column = content.column
        column.setSpacing(14)
        ways = Flow(gap=8)
        for part in (self.views, self.before, self.title, self.after):
            ways.add(part)
        column.addWidget(ways)
        month = QWidget()
        inner = QVBoxLayout(month)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(14)
        inner.addWidget(self.told)
        inner.addWidget(self.grid)
        row = QHBoxLayout()
        row.setSpacing(14)
        for card in (self.day_card, self.slipping):
            row.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(row)
        self.load.column.addWidget(self._load_line)
        inner.addWidget(self.load)
        year = QWidget()
        yearly = QVBoxLayout(year)
        yearly.setContentsMargins(0, 0, 0, 0)
        yearly.addWidget(TableCard(self.year))
        yearly.addStretch(1)
        # Not a stack: that is as high as the highest of them.
        self._parts = dict(zip(_VIEWS, (month, year, self.campaigns), strict=True))
        for whole in self._parts.values():
            column.addWidget(whole)
        column.addStretch(1)
        self.column.addWidget(content, 1)

    def _connect(self) -> None:
        self.whose.activated.connect(self.refresh)
        self.views.chosen.connect(self.refresh)
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.grid.month_requested.connect(self._turn)
        self.grid.day_marked.connect(self._show_day)
        self.grid.move_requested.connect(self.move_requested)
        self.grid.opened.connect(self.day_card.focus_first)
        self.grid.told.connect(lambda text: self.told.setText(text or self._hint))
        self.file.clicked.connect(self._file_of_all)
        self.day_card.move_requested.connect(lambda plan: self.move_requested.emit(plan, None))
        self.day_card.confirm_requested.connect(self.confirm_requested)
        self.day_card.cancel_requested.connect(self.cancel_requested)
        self.day_card.file_requested.connect(self._file_of)
        self.day_card.setting_opened.connect(lambda id_: self.went.emit(Route("setting", id_)))
        self.slipping.plan_requested.connect(self.plan_requested)
        self.slipping.move_requested.connect(self.moving_requested)
        self.year.opened.connect(self._open_year_row)
        self.campaigns.setting_opened.connect(lambda id_: self.went.emit(Route("setting", id_)))
        self.campaigns.visit_opened.connect(lambda id_: self.went.emit(Route("visit", id_)))
        listen_buttons(self, page_keys(), {"add": self.campaigns.start})

    def open(self, route: Route) -> None:
        """Show the planner: the campaign that the route names, or the day of the planned visit."""
        if route.part == "campaign":
            self._wanted = route.id
            self.views.choose("campaigns")
        elif route.part == "planned_visit":
            plan = self._services.planning.view(route.id)
            self._show_plans_of(plan.officer_id or "")
            self._day = plan.planned_on
            self.views.choose("month")
        self.refresh()

    def focus_first(self) -> None:
        if self.views.key() == "campaigns":
            self.campaigns.focus_first()
        else:
            self.grid.setFocus()

    def refresh(self) -> None:
        self._offer()
        whose = self._of()
        view = self.views.key()
        for name, part in self._parts.items():
            part.setVisible(name == view)
        for way in (self.before, self.after, self.title):
            way.setVisible(view == "month")
        self.whose.setVisible(view != "campaigns")
        self.file.setVisible(view != "campaigns")
        if view == "campaigns":
            self.campaigns.refresh(self._wanted)
            self._wanted = ""
            return
        if view == "year":
            self.year.show_rows(self._planner.year(self._today()))
            return
        self.title.setText(month_of_year(self._day))
        month = self._planner.month(self._day, whose)
        planned = any(day.entries for week in month.weeks for day in week.days)
        self._hint = translate((_KEYS if planned else _NOTHING).template)
        self.grid.show_month(month, self._day)
        self.slipping.show_slips(self._planner.slipping(whose))
        self._show_load(self._planner.load(self._today(), whose))

    def _of(self) -> Whose:
        place = self.whose.currentIndex()
        return self._whose[place] if 0 <= place < len(self._whose) else Whose()

    def _offer(self) -> None:
        """Offer everybody whose visits there are; at first one's own."""
        known, before = self._planner.whose(), self._of() if self._whose else None
        if known == self._whose:
            return
        self._whose = known
        me = self._services.me().id
        wanted = before or next((one for one in known if one.officer_id == me), known[0])
        self.whose.clear()
        for one in known:
            self.whose.addItem(_whose_text(one))
        self.whose.setCurrentIndex(known.index(wanted) if wanted in known else 0)

    def _show_plans_of(self, officer_id: str) -> None:
        """Look at the plans of an officer, or else at everybody's."""
        self._offer()
        of = [one.officer_id for one in self._whose]
        self.whose.setCurrentIndex(of.index(officer_id) if officer_id in of else 0)

    def _turn(self, by: int) -> None:
        self._day = add_months(self._day.replace(day=1), by)
        self.refresh()

    def _show_day(self, day: PlannerDay) -> None:
        self._day = day.day
        self.day_card.show_day(day)

    def _show_load(self, loads: Sequence[MonthLoad]) -> None:
        self._load_line.clear()
        for one in loads:
            text = words.joined(month_of_year(one.first), days_text(one.needed, one.available))
            over = one.needed > one.available
            chip = button(f"▲ {text}" if over else text, kind="chip")
            if over:
                chip.setAccessibleDescription(translate("More is planned than there are days."))
            chip.clicked.connect(lambda _=False, first=one.first: self._go_to(first))
            self._load_line.add(chip)

    def _go_to(self, first: date) -> None:
        self._day = first
        self.refresh()

    def _file_of_all(self) -> None:
        self.file_requested.emit(self._planner.to_come(self._of()))

    def _file_of(self, plan: PlannedView) -> None:
        self.file_requested.emit(self._planner.place_of(plan.id))

    def _open_year_row(self, row: YearRow) -> None:
        if row.whose in self._whose:
            self.whose.setCurrentIndex(self._whose.index(row.whose))
        self.views.choose("month")
        self.refresh()
        self.grid.setFocus()  # the row that had it is hidden now

    def _year_columns(self) -> list[Column]:
        first = self._today().replace(day=1)
        who = Column(translate("Officer or team"), _who_cell, share=16)
        return [who, *(_month_column(n, add_months(first, n)) for n in range(_MONTHS))]


_KEYS = message(
    "M moves a visit of the day: choose a day with the arrow keys, then press Enter. Page Up and "
    "Page Down change the month. A visit can be dragged to another day too."
)


_NOTHING = message(
    "Nothing is planned in this month. Open a setting and press Ctrl Shift P: the visit that is "
    "due there is offered first. Page Up and Page Down change the month."
)


def _whose_text(one: Whose) -> str:
    if one.officer_id:
        return one.officer
    return translate("Team {team}", team=one.team) if one.team else translate("Everybody")


def _who_cell(row: YearRow) -> Cell:
    if row.whose.officer_id:
        return Cell(row.whose.officer, row.whose.team)
    return Cell(translate("Team {team}", team=row.whose.team), strong=True)


def _month_column(place: int, month: date) -> Column:
    def cell(row: YearRow) -> Cell:
        return _month_cell(row.months[place])

    return Column(month_of_year(month), cell, share=8)


def _month_cell(load: MonthLoad) -> Cell:
    text = days_text(load.needed, load.available)
    if load.needed > load.available:
        return Cell(f"▲ {text}", tone="amber", strong=True)
    return Cell(text, tone="" if load.needed else "muted")
