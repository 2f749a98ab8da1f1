"""One setting: where it stands, how it came there, what is being done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget

from visitapp.language import translate
from visitapp.rules.choices import FROZEN
from visitapp.services.documents.documents import Documents
from visitapp.services.documents.views import DocumentOwner
from visitapp.services.exceptions.exceptions import Exceptions
from visitapp.services.placements.placements import Placements
from visitapp.services.planning.planning import Planning
from visitapp.services.regulator.actions import RegulatorActions
from visitapp.services.retention.holds import LegalHolds
from visitapp.services.risk.ranking import RiskRanking
from visitapp.services.risk.risk import Risk
from visitapp.services.settings.settings import Settings
from visitapp.services.views.settings import SettingView
from visitapp.services.views.visits import VisitSummary
from visitapp.ui import words
from visitapp.ui.models.risk import risk_columns
from visitapp.ui.models.visits import FormTitle, visit_columns
from visitapp.ui.pages.casework_keys import setting_keys
from visitapp.ui.pages.concerns.card import ConcernsCard
from visitapp.ui.pages.contracts.card import ContractsCard
from visitapp.ui.pages.documents.card import DocumentsCard
from visitapp.ui.pages.exceptions.card import ExceptionsCard
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.planning.card import PlanningCard
from visitapp.ui.pages.plans.tab import PlanTab
from visitapp.ui.pages.settings.about_card import AboutCard
from visitapp.ui.pages.settings.cards import EventsCard, PlanCard, StandingCard, without_points
from visitapp.ui.pages.settings.hold_card import HoldCard
from visitapp.ui.pages.settings.placement_card import PlacementCard
from visitapp.ui.pages.settings.portfolio_columns import setting_line
from visitapp.ui.pages.settings.risk_card import RiskCard
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import listen, listen_buttons, page_keys, show_key
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card, ScrollColumn
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.step_chart import StepChart
from visitapp.ui.widgets.tab_strip import TabStrip
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.table_card import TableCard
from visitapp.ui.widgets.text import button, label, named
from visitapp.ui.widgets.wrapping import FoldingColumns

COLUMN = 400
"""Pixels that a column of the overview needs at 100 %."""
TABS = ("overview", "visits", "actions", "risk")


class SettingPage(Page):
    """`report_requested` carries the id of a signed-off visit, `action_opened` an action, every
    other signal the id of the setting, and `step_requested` the state that it comes to."""

    visit_requested = Signal(str)
    report_requested = Signal(str)
    action_opened = Signal(object)
    action_requested = Signal(str)
    assessment_requested = Signal(str)
    hygiene_match_requested = Signal(str)
    exception_requested = Signal(str)
    plan_requested = Signal(str)
    position_requested = Signal(str)
    event_requested = Signal(str)
    enforcement_requested = Signal(str)
    edit_requested = Signal(str)
    step_requested = Signal(str, str)
    facts_requested = Signal(str)

    def __init__(
        self,
        settings: Settings,
        planning: Planning,
        risk: Risk,
        ranking: RiskRanking,
        exceptions: Exceptions,
        placements: Placements,
        regulator: RegulatorActions,
        concerns: ConcernsCard,
        plan_tab: PlanTab,
        documents: Documents,
        holds: LegalHolds,
        look: Look,
        today: Callable[[], date],
        title: FormTitle,
    ) -> None:
        header = PageHeader(back=translate("Portfolio \u203a"))
        super().__init__(translate("Setting"), header)
        self._settings, self._planning, self._risk = settings, planning, risk
        self._exceptions, self._placements, self._regulator = exceptions, placements, regulator
        self._documents, self._today, self._look = documents, today, look
        self._id = self._closed = ""
        self._view: SettingView | None = None
        self.report = button(
            translate("Report (PDF)"), hint=translate("Of the last signed-off visit")
        )
        self.start = button(translate("Start a visit"), kind="primary", makes="visit")
        header.add(self.report)
        header.add(self.start)
        self.tabs = FilterChips(
            translate("Parts of this page"),
            [
                ("overview", translate("Overview")),
                ("visits", translate("Visits")),
                ("actions", translate("Improvement plan")),
                ("risk", translate("Risk")),
            ],
            kind="tab",
        )
        self.standing, self.events, self.plan = StandingCard(), EventsCard(), PlanCard(look)
        self.planning, self.placement = PlanningCard(), PlacementCard()
        self.risk = RiskCard(ranking, today)
        self.exceptions, self.contracts = ExceptionsCard(), ContractsCard()
        self.about, self.documents = AboutCard(), DocumentsCard()
        self.concerns, self.holds = concerns, HoldCard(holds)
        self.chart = StepChart(look)
        self._no_chart = label(tone="muted", wrap=True)
        self.visit_table = RowTable(
            translate("Visits"), visit_columns(title, with_setting=False), look
        )
        self.plan_tab, self.action_table = plan_tab, plan_tab.table
        self.risk_table = RowTable(translate("Risk assessments"), risk_columns(), look)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        chart = Card(translate("Outcome at each visit"))
        chart.column.addWidget(self.chart)
        chart.column.addWidget(self._no_chart)
        overview = ScrollColumn(translate("Overview"))
        sides = (
            (5, (self.standing, chart, self.events)),
            (
                4,
                (
                    *(self.placement, self.exceptions, self.concerns, self.planning),
                    *(self.plan, self.risk, self.contracts, self.documents),
                    *(self.holds, self.about),
                ),
            ),
        )
        overview.column.addWidget(FoldingColumns(sides, self._look, COLUMN))
        overview.column.addStretch(1)
        self.stack = QStackedWidget()
        self.stack.addWidget(overview)
        for part in (_framed(self.visit_table), self.plan_tab, _framed(self.risk_table)):
            self.stack.addWidget(part)
        self.column.addWidget(TabStrip(self.tabs))
        self.column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.header.back.clicked.connect(lambda: self.went.emit(Route("portfolio")))
        self.start.clicked.connect(self._start)
        pressed = {
            "start": self.start,
            "report": self.report,
            "add": self.plan.add,
            "assess": self.risk.assess,
            "plan": self.planning.plan,
        }
        listen_buttons(self, page_keys(), pressed, self._refused)
        self._start_hint = self.start.toolTip()
        self.report.clicked.connect(self._report)
        self.tabs.chosen.connect(lambda key: self.stack.setCurrentIndex(TABS.index(key)))
        self.visit_table.opened.connect(lambda visit: self.went.emit(Route("visit", visit.id)))
        self.action_table.opened.connect(self.action_opened)
        self.risk_table.opened.connect(lambda line: self.went.emit(Route("visit", line.id)))
        self.risk.opened.connect(lambda id_: self.went.emit(Route("visit", id_)))
        self.risk.assessment_requested.connect(lambda: self.assessment_requested.emit(self._id))
        self.risk.went.connect(self.went)
        self.placement.event_requested.connect(lambda: self.event_requested.emit(self._id))
        self.placement.enforcement_requested.connect(
            lambda: self.enforcement_requested.emit(self._id)
        )
        self.placement.decision_requested.connect(lambda: self.position_requested.emit(self._id))
        self.about.hygiene_requested.connect(lambda: self.hygiene_match_requested.emit(self._id))
        self.about.edit_requested.connect(lambda: self.edit_requested.emit(self._id))
        self.about.step_requested.connect(lambda state: self.step_requested.emit(self._id, state))
        self.about.setting_requested.connect(lambda id_: self.went.emit(Route("setting", id_)))
        self.about.provider_requested.connect(lambda id_: self.went.emit(Route("provider", id_)))
        self.contracts.facts_requested.connect(lambda: self.facts_requested.emit(self._id))
        self.exceptions.ask_requested.connect(lambda: self.exception_requested.emit(self._id))
        self.planning.briefing_requested.connect(lambda id_: self.went.emit(Route("briefing", id_)))
        self.planning.plan_requested.connect(lambda: self.plan_requested.emit(self._id))
        self.plan.opened.connect(self.action_opened)
        ways = (self.plan.open, self.plan.intervention, self.placement.escalation)
        for key, way in zip(setting_keys(), ways, strict=True):
            show_key(way, key)
            way.clicked.connect(partial(self._go, key.command))
        ways_to = {key.command: partial(self._go, key.command) for key in setting_keys()}
        listen(self, setting_keys(), ways_to)
        self.plan_tab.open_requested.connect(lambda id_: self.went.emit(Route("plan", id_)))
        self.plan.add_requested.connect(lambda: self.action_requested.emit(self._id))

    def open(self, route: Route) -> None:
        """Show a setting, its overview first."""
        if route.id != self._id:
            self._id = route.id
            self.tabs.choose("overview")
            self.stack.setCurrentIndex(0)
        self.refresh()

    def typed_filters(self) -> list[str]:
        return [self.header.title.text()]

    def focus_first(self) -> None:
        (self.start if self.start.isEnabled() else self.header.back).setFocus()

    def refresh(self) -> None:
        if not self._id:
            return
        view = self._view = self._settings.view(self._id)
        self.header.title.setText(view.row.name)
        contracts = [translate("contract {n}", n=number) for number in view.contract_numbers]
        self.header.line.setText(words.joined(setting_line(view.row), *contracts))
        draft = view.row.draft_visit_id
        self.start.setText(translate("Continue the visit") if draft else translate("Start a visit"))
        self._closed = "" if draft else words.why_no_visit(view.row.status)
        self.start.setEnabled(not self._closed)
        named(self.start, self.start.text(), self._closed or self._start_hint)
        self.report.setEnabled(self._last_signed() is not None)
        self.tabs.set_text("visits", translate("Visits {n}", n=len(view.visits)))
        self.tabs.set_text("actions", translate("Improvement plan {n}", n=len(view.actions)))
        self._show(view)

    def _show(self, view: SettingView) -> None:
        self.standing.show_setting(view, self._today())
        self.placement.show_position(
            self._placements.view(self._id), self._regulator.list(self._id)
        )
        self.chart.show_points(view.points)
        self.chart.setVisible(bool(view.points))
        self._no_chart.setVisible(not view.points)
        self._no_chart.setText(without_points(view))
        self.events.show_entries(view.timeline)
        self.exceptions.show_exceptions(
            self._exceptions.list(self._id),
            self._exceptions.next_states,
            may_ask=self._exceptions.may_ask(self._id),
        )
        self.planning.show_setting(self._id, self._planning, self._today())
        self.concerns.show_setting(self._id)
        self.contracts.show_records(view.contracts, view.facts, self._today())
        self.holds.show_setting(self._id)
        self.plan.show_actions(view.actions, self._today())
        self.visit_table.show_rows(view.visits)
        self.plan_tab.show_setting(self._id, view.actions)
        assessed = self._risk.list(self._id)
        self.tabs.set_text("risk", translate("Risk {n}", n=len(assessed)))
        self.risk.show_setting(self._id, assessed)
        self.risk_table.show_rows(assessed)
        self.about.show_setting(view)
        self.documents.show_documents(
            DocumentOwner("setting", self._id, view.row.name),
            self._documents.around(self._id),
            may_add=self._documents.may_add(),
        )

    def _last_signed(self) -> VisitSummary | None:
        visits = self._view.visits if self._view else []
        return next((visit for visit in visits if visit.status in FROZEN), None)

    def _start(self) -> None:
        draft = self._view.row.draft_visit_id if self._view else None
        if draft:
            self.went.emit(Route("visit", draft))
        else:
            self.visit_requested.emit(self._id)

    def _refused(self, one: QAbstractButton) -> None:
        if one is self.start:
            self.said.emit(self._closed, None)

    def _go(self, page: str, *_: bool) -> None:
        self.went.emit(Route(page, self._id))

    def _report(self) -> None:
        signed = self._last_signed()
        if signed is not None:
            self.report_requested.emit(signed.id)


def _framed(table: RowTable) -> QWidget:
    frame = ScrollColumn(table.accessibleName(), margins=(24, 20, 24, 20))
    frame.column.addWidget(TableCard(table))
    frame.column.addStretch(1)
    return frame
