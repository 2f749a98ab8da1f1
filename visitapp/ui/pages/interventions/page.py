"""The intervention of one setting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from visitapp.language import translate
from visitapp.rules.interventions.states import (
    OPEN_INTERVENTIONS,
    UNFINISHED_INTERVENTIONS,
    InterventionStatus,
    Measure,
)
from visitapp.services.interventions.interventions import Interventions
from visitapp.services.interventions.next_step import next_step
from visitapp.services.interventions.views import CriterionView, InterventionView
from visitapp.services.settings.settings import Settings
from visitapp.ui.pages.casework_keys import intervention_keys
from visitapp.ui.pages.casework_page import CaseworkPage
from visitapp.ui.pages.interventions.columns import criterion_columns, figure_columns
from visitapp.ui.pages.interventions.facts import carried_of, facts_of, held_of, visits_of
from visitapp.ui.shell.shortcuts import listen_buttons
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card, ScrollColumn
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.table_card import TableCard
from visitapp.ui.widgets.text import button, label


class InterventionPage(CaseworkPage):
    """The newest intervention of the setting is shown.

    `refer_requested` and `visit_requested` carry the id of the setting, `read_requested` and
    `drop_requested` a CriterionView, every other signal the InterventionView.
    """

    refer_requested = Signal(str)
    visit_requested = Signal(str)
    accept_requested = Signal(object)
    step_requested = Signal(object)
    change_requested = Signal(object)
    criterion_requested = Signal(object)
    read_requested = Signal(object)
    drop_requested = Signal(object)
    visits_requested = Signal(object)
    report_requested = Signal(object)

    def __init__(
        self,
        interventions: Interventions,
        settings: Settings,
        look: Look,
        today: Callable[[], date],
    ) -> None:
        super().__init__(translate("Intervention"))
        self._interventions, self._settings, self._today = interventions, settings, today
        self._one: InterventionView | None = None
        self.report = button(translate("Report (PDF)"))
        self.again = button(translate("Refer again"), makes="intervention")
        self.change = button(translate("Change officer or end"), makes="intervention")
        self.step = button(translate("Next step"), makes="intervention")
        self.visit = button(translate("Start a visit"), kind="primary", makes="visit")
        self.accept = button(translate("Accept"), kind="primary", makes="intervention")
        for one in (self.report, self.again, self.change, self.step, self.visit, self.accept):
            self.header.add(one)
        self._next = label(strong=True, wrap=True)
        self._facts, self._why = label(tone="muted", wrap=True), label(wrap=True)
        self._held = label(strong=True, wrap=True)
        self._visits, self._carried = label(wrap=True), label(tone="muted", wrap=True)
        self.table = RowTable(translate("Exit criteria"), criterion_columns(), look)
        self.figures = RowTable(translate("Before and after"), figure_columns(), look)
        self.add = button(translate("Set a criterion"), kind="chip", makes="exit_criterion")
        self.read_out = button(
            translate("Write down a reading"), kind="chip", makes="criterion_reading"
        )
        self.drop = button(translate("Remove the criterion"), kind="chip", makes="exit_criterion")
        self.plan = button(translate("Plan visits"), kind="chip", makes="planned_visit")
        empty = EmptyState(
            translate("No intervention yet"),
            translate(
                "When dates are missed, refer the setting with the evidence. A team lead accepts, "
                "and names an intervention officer who works here beside the contract officer. It "
                "ends when what was agreed holds, and has been held."
            ),
            translate("Refer this setting"),
            makes="intervention",
        )
        self.lay_out(self._content(), empty, self.table)
        empty.begun.connect(lambda: self.refer_requested.emit(self.setting_id))
        self._connect()

    def _content(self) -> ScrollColumn:
        content = ScrollColumn(translate("Intervention"))
        about, visits = Card(), Card(translate("Visits"))
        why = Card(translate("Why it was referred"))
        why.column.addWidget(self._why)
        for widget in (self._next, self._facts, self._held):
            about.column.addWidget(widget)
        ways = Flow(gap=8)
        for way in (self.add, self.read_out, self.drop, self.plan):
            ways.add(way)
        about.column.addWidget(ways)
        visits.column.addWidget(self._visits)
        visits.column.addWidget(self._carried)
        for card in (about, TableCard(self.table), visits, TableCard(self.figures), why):
            content.column.addWidget(card)
        content.column.addStretch(1)
        return content

    def _connect(self) -> None:
        self.again.clicked.connect(lambda: self.refer_requested.emit(self.setting_id))
        self.visit.clicked.connect(lambda: self.visit_requested.emit(self.setting_id))
        for pressed_button, signal in (
            (self.accept, self.accept_requested),
            (self.step, self.step_requested),
            (self.change, self.change_requested),
            (self.add, self.criterion_requested),
            (self.plan, self.visits_requested),
            (self.report, self.report_requested),
        ):
            pressed_button.clicked.connect(lambda _=False, signal=signal: signal.emit(self._one))
        self.read_out.clicked.connect(lambda: self._read_out(self.table.current()))
        self.drop.clicked.connect(lambda: self.drop_requested.emit(self.table.current()))
        self.table.opened.connect(self._read_out)
        self.table.marked.connect(lambda _: self._offer())
        listen_buttons(
            self,
            intervention_keys(),
            {
                "visit": self.visit,
                "add": self.add,
                "accept": self.accept,
                "step": self.step,
                "change": self.change,
                "read": self.read_out,
                "drop": self.drop,
                "plan": self.plan,
                "report": self.report,
            },
        )

    def read(self) -> bool:
        self.header.title.setText(self._settings.view(self.setting_id).row.name)
        lines = self._interventions.list(self.setting_id)
        one = self._one = self._interventions.view(lines[0].id) if lines else None
        self.report.setVisible(one is not None)
        for each in (self.again, self.change, self.step, self.visit, self.accept):
            each.setVisible(False)
        if one is not None:
            self._show(one)
        return one is not None

    def _show(self, one: InterventionView) -> None:
        referred = one.status == InterventionStatus.REFERRED
        may_accept = referred and InterventionStatus.ACTIVE in one.next_states
        unfinished, is_open = (
            one.status in states for states in (UNFINISHED_INTERVENTIONS, OPEN_INTERVENTIONS)
        )
        self.accept.setVisible(may_accept)
        self.step.setVisible(len(one.next_states) > 1 + may_accept)
        self.change.setVisible(one.may_change)
        self.again.setVisible(not unfinished)
        for each in (self.visit, self.plan):
            each.setVisible(is_open)
        for each in (self.add, self.read_out, self.drop):
            each.setVisible(unfinished)
        following = next_step(one, self._today())
        self._next.setText(translate("Next: {step}", step=following))
        self._next.setVisible(bool(following))
        self._facts.setText(facts_of(one))
        self._why.setText("\n".join((one.why, one.grounds)))
        self._held.setText(held_of(one))
        self._visits.setText(visits_of(one))
        self._carried.setText(carried_of(one) if unfinished else "")
        self._carried.setVisible(unfinished)
        shown = self.table.current()
        self.table.show_rows(one.criteria)
        ids = [each.id for each in one.criteria]
        if ids:
            marked = shown.id if isinstance(shown, CriterionView) else ""
            self.table.selectRow(ids.index(marked) if marked in ids else 0)
        self.figures.show_rows([one.before, one.after])
        self._offer()

    def _offer(self) -> None:
        marked = self.table.current()
        self.read_out.setEnabled(marked is not None and marked.measure == Measure.READING)
        self.drop.setEnabled(marked is not None)

    def _read_out(self, criterion: CriterionView | None) -> None:
        one = self._one
        readable = one is not None and one.status in UNFINISHED_INTERVENTIONS
        if readable and criterion is not None and criterion.measure == Measure.READING:
            self.read_requested.emit(criterion)
