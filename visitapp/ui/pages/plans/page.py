"""The improvement plan of one setting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from visitapp.language import translate
from visitapp.rules.plans.states import OPEN_PLAN_STATUSES, PlanStatus
from visitapp.services.evidence.evidence import EvidenceKeeping
from visitapp.services.plans.accuracy import Accuracy
from visitapp.services.plans.plans import Plans
from visitapp.services.plans.views import PlanView
from visitapp.services.settings.settings import Settings
from visitapp.services.views.actions import ActionView
from visitapp.ui.pages.casework_page import CaseworkPage
from visitapp.ui.pages.plans.cards import (
    ActionCard,
    ProgressCard,
    ProviderCard,
    SummaryCard,
)
from visitapp.ui.pages.plans.columns import plan_columns
from visitapp.ui.pages.plans.findings_card import FindingsCard
from visitapp.ui.pages.plans.tab import may_agree
from visitapp.ui.shell.shortcuts import listen_buttons, plan_keys
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.table_card import TableCard
from visitapp.ui.widgets.text import button
from visitapp.ui.widgets.wrapping import FoldingColumns

COLUMN = 400
"""Pixels that a column needs at 100 %."""


class PlanPage(CaseworkPage):
    """A route to it has the id of the setting: the open plan there is shown, or the last one.

    While findings have no action, *Agree* leads to them. `begin_requested` and `action_requested`
    carry the id of the setting, `action_opened`, `update_requested` and `evidence_requested` an
    ActionView, `evidence_opened` an EvidenceView, every other signal the PlanView.
    """

    begin_requested = Signal(str)
    action_requested = Signal(str)
    action_opened = Signal(object)
    update_requested = Signal(object)
    change_requested = Signal(object)
    agree_requested = Signal(object)
    end_requested = Signal(object)
    found_requested = Signal(object)
    file_requested = Signal(object)
    return_requested = Signal(object)
    versions_requested = Signal(object)
    comments_requested = Signal(object)
    evidence_requested = Signal(object)
    evidence_opened = Signal(object)

    def __init__(
        self,
        plans: Plans,
        accuracy: Accuracy,
        settings: Settings,
        evidence: EvidenceKeeping,
        look: Look,
        today: Callable[[], date],
    ) -> None:
        super().__init__(translate("Improvement plan"))
        self._plans, self._accuracy = plans, accuracy
        self._settings, self._evidence = settings, evidence
        self._plan: PlanView | None = None
        self.add = button(translate("Add action"), makes="action")
        self.change = button(translate("Change the plan"), makes="improvement_plan")
        self.end = button(translate("End the plan"), makes="improvement_plan")
        self.agree = button(translate("Agree the plan"), kind="primary", makes="improvement_plan")
        for one in (self.add, self.change, self.end, self.agree):
            self.header.add(one)
        self.summary, self.findings = SummaryCard(look), FindingsCard()
        self.progress, self.action = ProgressCard(look), ActionCard()
        self.provider = ProviderCard()
        self.table = RowTable(translate("Actions of the plan"), plan_columns(today), look)
        self.empty = EmptyState(
            translate("No improvement plan yet"),
            translate(
                "A plan gathers the unfinished actions of this setting under one goal, with dates "
                "and the provider's people. Agree it with the provider: each version is kept as "
                "it was agreed. Done is the provider's word; verified is what you have seen."
            ),
            translate("Begin a plan"),
        )
        content = ScrollColumn(translate("Improvement plan"))
        sides = (
            (5, (self.summary, self.findings, TableCard(self.table))),
            (3, (self.progress, self.action, self.provider)),
        )
        content.column.addWidget(FoldingColumns(sides, look, COLUMN))
        content.column.addStretch(1)
        self.lay_out(content, self.empty, self.table)
        self._connect()

    def _connect(self) -> None:
        self.empty.begun.connect(lambda: self.begin_requested.emit(self.setting_id))
        self.add.clicked.connect(lambda: self.action_requested.emit(self.setting_id))
        for pressed, signal in (
            (self.change, self.change_requested),
            (self.end, self.end_requested),
            (self.findings.add, self.found_requested),
            (self.provider.send, self.file_requested),
            (self.provider.take, self.return_requested),
            (self.provider.comments, self.comments_requested),
            (self.summary.versions, self.versions_requested),
        ):
            pressed.clicked.connect(lambda _=False, signal=signal: signal.emit(self._plan))
        self.agree.clicked.connect(self._agree)
        self.table.marked.connect(self._mark)
        self.table.opened.connect(self.action_opened)
        self.action.change_requested.connect(self.action_opened)
        self.action.update_requested.connect(self.update_requested)
        self.action.evidence_requested.connect(self.evidence_requested)
        self.action.evidence_opened.connect(self.evidence_opened)
        listen_buttons(
            self,
            plan_keys(),
            {
                "add": self.add,
                "agree": self.agree,
                "verify": self.action.change,
                "tell": self.action.tell,
                "table": self.progress.toggle,
                "evidence": self.action.prove,
                "versions": self.summary.versions,
                "send": self.provider.send,
                "take": self.provider.take,
            },
        )

    def read(self) -> bool:
        lines = self._plans.list(self.setting_id)
        plan = self._plan = self._plans.view(lines[0].id) if lines else None
        name = plan.setting if plan else self._settings.view(self.setting_id).row.name
        self.header.title.setText(name)
        is_open = plan is not None and plan.status in OPEN_PLAN_STATUSES
        for one in (self.add, self.change):
            one.setVisible(is_open)
        self.agree.setVisible(plan is not None and may_agree(plan))
        self.end.setVisible(plan is not None and len(plan.next_states) > 1)
        self.provider.setVisible(plan is not None and plan.status == PlanStatus.AGREED)
        if plan is not None:
            self._show(plan, is_open=is_open)
        return plan is not None

    def _show(self, plan: PlanView, *, is_open: bool) -> None:
        next_version = translate("Agree version {n}", n=plan.version + 1)
        self.agree.setText(next_version)
        self.agree.setAccessibleName(next_version)
        ending = translate("End the plan") if is_open else translate("Reopen the plan")
        self.end.setText(ending)
        self.end.setAccessibleName(ending)
        self.summary.show_plan(plan)
        self.findings.show_findings(plan)
        self.provider.show_comments(self._accuracy.points(plan.id))
        self.progress.show_points(self._plans.progress(plan.id))
        marked = self.marked
        self.table.show_rows(plan.actions)
        ids = [action.id for action in plan.actions]
        if ids:
            self.table.selectRow(ids.index(marked) if marked in ids else 0)
        self._mark(self.table.current())

    def _agree(self) -> None:
        """Agree the plan, or go to the findings that stop it."""
        if self._plan is not None and self._plan.findings:
            self.findings.point_out()
        else:
            self.agree_requested.emit(self._plan)

    def _mark(self, action: ActionView | None) -> None:
        self.marked = action.id if action else self.marked
        if action is None:
            self.action.show_action(None, [], [])
        else:
            events = self._plans.history(action.id)
            self.action.show_action(action, events, self._evidence.of_action(action.id))
