"""The intervention of one setting."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from visitapp.language import plural, translate
from visitapp.rules.interventions.states import (
    OPEN_INTERVENTIONS,
    UNFINISHED_INTERVENTIONS,
    InterventionResult,
    InterventionStatus,
    Measure,
)
from visitapp.services.interventions.interventions import Interventions
from visitapp.services.interventions.views import CriterionView, InterventionView
from visitapp.services.settings.settings import Settings
from visitapp.ui import words
from visitapp.ui.pages.interventions.columns import criterion_columns, figure_columns
from visitapp.ui.pages.page import Page
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import intervention_keys, listen_buttons
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card, ScrollColumn
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.table_card import TableCard
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word


class InterventionPage(Page):
    """A route to it has the id of the setting: the newest intervention there is shown.

    `refer_requested` carries the id of the setting, `read_requested` a CriterionView, every other
    signal the InterventionView.
    """

    refer_requested = Signal(str)
    accept_requested = Signal(object)
    step_requested = Signal(object)
    criterion_requested = Signal(object)
    read_requested = Signal(object)
    visits_requested = Signal(object)
    report_requested = Signal(object)

    def __init__(self, interventions: Interventions, settings: Settings, look: Look) -> None:
        super().__init__(translate("Intervention"), PageHeader(back=translate("Setting \u203a")))
        self._interventions, self._settings = interventions, settings
        self._setting = ""
        self._one: InterventionView | None = None
        self.report = button(translate("Report (PDF)"))
        self.again = button(translate("Refer again"), makes="intervention")
        self.step = button(translate("Next step"), makes="intervention")
        self.accept = button(translate("Accept"), kind="primary", makes="intervention")
        for one in (self.report, self.again, self.step, self.accept):
            self.header.add(one)
        self._facts, self._why = label(tone="muted", wrap=True), label(wrap=True)
        self._held = label(strong=True, wrap=True)
        self._visits, self._carried = label(wrap=True), label(tone="muted", wrap=True)
        self.table = RowTable(translate("Exit criteria"), criterion_columns(), look)
        self.figures = RowTable(translate("Before and after"), figure_columns(), look)
        self.add = button(translate("Set a criterion"), kind="chip", makes="exit_criterion")
        self.read = button(
            translate("Write down a reading"), kind="chip", makes="criterion_reading"
        )
        self.plan = button(translate("Plan visits"), kind="chip", makes="planned_visit")
        self.empty = EmptyState(
            translate("No intervention yet"),
            translate(
                "When dates are missed, refer the setting with the evidence. A team lead accepts, "
                "and names an intervention officer who works here beside the contract officer. It "
                "ends when what was agreed holds, and has been held."
            ),
            translate("Refer this setting"),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self._content())
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)
        self._connect()

    def _content(self) -> ScrollColumn:
        content = ScrollColumn(translate("Intervention"))
        about, visits = Card(), Card(translate("Visits"))
        for widget in (self._facts, self._why, self._held):
            about.column.addWidget(widget)
        ways = Flow(gap=8)
        for way in (self.add, self.read, self.plan):
            ways.add(way)
        about.column.addWidget(ways)
        visits.column.addWidget(self._visits)
        visits.column.addWidget(self._carried)
        for card in (about, TableCard(self.table), visits, TableCard(self.figures)):
            content.column.addWidget(card)
        content.column.addStretch(1)
        return content

    def _connect(self) -> None:
        self.header.back.clicked.connect(lambda: self.went.emit(Route("setting", self._setting)))
        for pressed in (self.empty.begun, self.again.clicked):
            pressed.connect(lambda _=False: self.refer_requested.emit(self._setting))
        for pressed_button, signal in (
            (self.accept, self.accept_requested),
            (self.step, self.step_requested),
            (self.add, self.criterion_requested),
            (self.plan, self.visits_requested),
            (self.report, self.report_requested),
        ):
            pressed_button.clicked.connect(lambda _=False, signal=signal: signal.emit(self._one))
        self.read.clicked.connect(lambda: self._read(self.table.current()))
        self.table.opened.connect(self._read)
        self.table.marked.connect(lambda _: self._offer())
        listen_buttons(
            self,
            intervention_keys(),
            {
                "add": self.add,
                "accept": self.accept,
                "step": self.step,
                "read": self.read,
                "report": self.report,
            },
        )

    def open(self, route: Route) -> None:
        """Show the intervention of a setting."""
        self._setting = route.id
        self.refresh()

    def focus_first(self) -> None:
        if self._one is None:
            self.empty.focus_first()
        else:
            self.table.setFocus()

    def refresh(self) -> None:
        if not self._setting:
            return
        self.header.title.setText(self._settings.view(self._setting).row.name)
        self.header.line.setText(translate("Intervention"))
        lines = self._interventions.list(self._setting)
        one = self._one = self._interventions.view(lines[0].id) if lines else None
        self.stack.setCurrentIndex(0 if one else 1)
        self.report.setVisible(one is not None)
        for each in (self.again, self.step, self.accept):
            each.setVisible(False)
        if one is not None:
            self._show(one)

    def _show(self, one: InterventionView) -> None:
        referred = one.status == InterventionStatus.REFERRED
        may_accept = referred and InterventionStatus.ACTIVE in one.next_states
        unfinished = one.status in UNFINISHED_INTERVENTIONS
        self.accept.setVisible(may_accept)
        self.step.setVisible(len(one.next_states) > 1 + may_accept)
        self.again.setVisible(not unfinished)
        self.plan.setVisible(one.status in OPEN_INTERVENTIONS)
        for each in (self.add, self.read):
            each.setVisible(unfinished)
        self._facts.setText("\n".join(line for line in _facts(one) if line))
        self._why.setText("\n".join((one.why, one.grounds)))
        self._held.setText(_held(one))
        made = plural("{n} visit made", "{n} visits made", len(one.visits))
        planned = plural("{n} planned", "{n} planned", len(one.planned))
        days = ", ".join(words.day(plan.planned_on) for plan in one.planned)
        self._visits.setText(words.joined(made, planned, days))
        actions = plural("{n} action to verify", "{n} actions to verify", one.carried_actions)
        self._carried.setText(words.joined(actions, *one.carried_areas) if unfinished else "")
        self.table.show_rows(one.criteria)
        if one.criteria:
            self.table.selectRow(0)
        self.figures.show_rows([one.before, one.after])
        self._offer()

    def _offer(self) -> None:
        marked = self.table.current()
        self.read.setEnabled(marked is not None and marked.measure == Measure.READING)

    def _read(self, criterion: CriterionView | None) -> None:
        one = self._one
        readable = one is not None and one.status in UNFINISHED_INTERVENTIONS
        if readable and criterion is not None and criterion.measure == Measure.READING:
            self.read_requested.emit(criterion)


def _facts(one: InterventionView) -> list[str]:
    """State and dates, who decided, who works on it, and the end."""
    dates = ""
    if one.starts_on and one.planned_to:
        dates = translate(
            "{first} to {last}", first=words.day(one.starts_on), last=words.day(one.planned_to)
        )
    referred = translate(
        "Referred {day} by {who}", day=words.day(one.referred_on), who=one.referred_by
    )
    decided = ""
    if one.decided_on:
        decided = translate(
            "Decided {day} by {who}", day=words.day(one.decided_on), who=one.decided_by
        )
    who = words.joined(
        translate("Intervention officer: {who}", who=one.officer) if one.officer else "",
        translate("Contract officer: {who}", who=one.contract_officer)
        if one.contract_officer
        else "",
    )
    ended = ""
    if one.ended_on:
        result = choice_word(InterventionResult, one.result) if one.result else ""
        ended = words.joined(
            translate("Ended {day}", day=words.day(one.ended_on)), result, one.ended_reason
        )
    state = choice_word(InterventionStatus, one.status)
    return [words.joined(state, dates), words.joined(referred, decided), who, ended, one.summary]


def _held(one: InterventionView) -> str:
    counts = translate("{n} of {all} exit criteria hold", n=one.holding, all=len(one.criteria))
    if one.held_until is None:
        return counts
    held = translate(
        "sustained from {first}, to be held until {last}",
        first=words.day(one.sustained_from),
        last=words.day(one.held_until),
    )
    return words.joined(counts, held)
