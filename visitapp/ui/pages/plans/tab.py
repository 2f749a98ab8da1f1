"""The tab of a setting with its plan: begin one, agree it, and every action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal

from visitapp.language import plural, translate
from visitapp.rules.plans.states import OPEN_PLAN_STATUSES, PlanStatus
from visitapp.services.plans.plans import Plans
from visitapp.services.plans.views import PlanView
from visitapp.services.views.actions import ActionView
from visitapp.ui import words
from visitapp.ui.models.actions import action_columns
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.table_card import TableCard
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word


class PlanTab(ScrollColumn):
    """`begin_requested` and `open_requested` carry the id of the setting, `agree_requested` the
    PlanView."""

    begin_requested = Signal(str)
    open_requested = Signal(str)
    agree_requested = Signal(object)

    def __init__(self, plans: Plans, look: Look, today: Callable[[], date]) -> None:
        super().__init__(translate("Improvement plan"), margins=(24, 20, 24, 20))
        self._plans, self._setting = plans, ""
        self._plan: PlanView | None = None
        self._line = label(wrap=True)
        self.begin = button(translate("Begin a plan"), makes="improvement_plan")
        self.agree = button(translate("Agree the plan"), kind="primary", makes="improvement_plan")
        self.open = button(translate("Open the plan"), name=translate("Open the improvement plan"))
        ways = Flow(gap=8)
        for one in (self.begin, self.agree, self.open):
            ways.add(one)
        self.table = RowTable(
            translate("Improvement plan"), action_columns(today, with_setting=False), look
        )
        self.column.addWidget(self._line)
        self.column.addWidget(ways)
        self.column.addWidget(TableCard(self.table))
        self.column.addStretch(1)
        self.begin.clicked.connect(lambda: self.begin_requested.emit(self._setting))
        self.open.clicked.connect(lambda: self.open_requested.emit(self._setting))
        self.agree.clicked.connect(self._agree)

    def show_setting(self, setting_id: str, actions: Sequence[ActionView]) -> None:
        """Show the open plan of a setting, or that there is none, and its actions."""
        self._setting = setting_id
        lines = self._plans.list(setting_id, open_only=True)
        plan = self._plan = self._plans.view(lines[0].id) if lines else None
        self.table.show_rows(actions)
        self.begin.setVisible(plan is None)
        self.open.setVisible(plan is not None)
        self.agree.setVisible(plan is not None and may_agree(plan))
        if plan is None:
            self._line.setText(translate("This setting has no open improvement plan."))
            return
        text = translate("Agree version {n}", n=plan.version + 1)
        self.agree.setText(text)
        self.agree.setAccessibleName(text)
        self._line.setText(
            words.joined(
                plan.goal,
                choice_word(PlanStatus, plan.status),
                translate("to {day}", day=words.day(plan.ends_on)),
                plural(
                    "{n} finding without an action",
                    "{n} findings without an action",
                    len(plan.findings),
                )
                if plan.findings
                else "",
            )
        )

    def _agree(self) -> None:
        """Agree the plan, or open it where its findings stop that."""
        if self._plan is not None and self._plan.findings:
            self.open_requested.emit(self._setting)
        else:
            self.agree_requested.emit(self._plan)


def may_agree(plan: PlanView) -> bool:
    """Whether there is a next version that the person may agree."""
    allowed = plan.status == PlanStatus.AGREED or PlanStatus.AGREED in plan.next_states[1:]
    return (
        allowed and plan.status in OPEN_PLAN_STATUSES and (bool(plan.changed) or not plan.version)
    )
