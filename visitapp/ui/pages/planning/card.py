"""The card of a setting's due and planned visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.language import message, plural, translate
from visitapp.services.planning.planning import Planning
from visitapp.services.views.planning import MISSED, STARTED, DueVisit, PlannedView
from visitapp.ui import words
from visitapp.ui.widgets.card import Card, clear, rule
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary.due import why_due

_STATES = {
    "planned": message("not confirmed yet"),
    "confirmed": message("confirmed"),
    STARTED: message("visit in progress"),
    MISSED: message("missed"),
}


class PlanningCard(Card):
    """Which visits are due and why, and which are planned. The signals carry a PlannedView."""

    of = "planned_visit"
    plan_requested = Signal()
    briefing_requested = Signal(str)
    move_requested = Signal(object)
    confirm_requested = Signal(object)
    cancel_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(translate("Visits due and planned"))
        self._id = ""
        self._dues, self._plans = QVBoxLayout(), QVBoxLayout()
        for part in (self._dues, self._plans):
            part.setSpacing(4)
            self.column.addLayout(part)
        self.plan = button(translate("Plan a visit…"), kind="chip", makes="planned_visit")
        self.plan.clicked.connect(self.plan_requested)
        self.column.addSpacing(4)
        self.briefing = button(translate("Briefing"), kind="chip")
        self.briefing.clicked.connect(lambda: self.briefing_requested.emit(self._id))
        ways = Flow()
        ways.add(self.plan)
        ways.add(self.briefing)
        self.column.addWidget(ways)

    def show_setting(self, setting_id: str, planning: Planning, today: date) -> None:
        """Show the visits of a setting that are due, and those planned."""
        self._id = setting_id
        plans = planning.list(setting_id=setting_id, open_only=True)
        self.show_visits(planning.due(setting_id=setting_id), plans, today)

    def show_visits(
        self, dues: Sequence[DueVisit], plans: Sequence[PlannedView], today: date
    ) -> None:
        """Show what is due and the plans that are still to be carried out."""
        clear(self._dues)
        clear(self._plans)
        for place, due in enumerate(dues):
            if place:
                self._dues.addWidget(rule())
            self._dues.addWidget(_due_part(due, today))
        for plan in plans:
            self._plans.addWidget(rule())
            self._plans.addWidget(self._plan_part(plan, today))
        if not plans:
            teaching = translate("No visit is planned. Plan one to keep its day in view.")
            self._plans.addWidget(label(teaching, tone="muted", wrap=True))

    def _plan_part(self, plan: PlannedView, today: date) -> QWidget:
        visit, day = words.purpose_visit(plan.purpose), words.near_day(plan.planned_on, today)
        title = translate("{visit} planned for {day}", visit=visit, day=day)
        tone = "red" if plan.state == MISSED else ""
        part, column = _part()
        column.addWidget(label(title, strong=True, wrap=True, tone=tone))
        line = words.joined(translate(_STATES[plan.state].template), *plan_facts(plan, today))
        column.addWidget(label(line, size="small", tone="muted", wrap=True))
        ways = Flow()
        confirmed = plan.status == "confirmed"
        for text, name, signal in (
            (translate("Move…"), translate("Move: {plan}", plan=title), self.move_requested),
            (
                translate("Confirm"),
                translate("Confirm: {plan}", plan=title),
                None if confirmed else self.confirm_requested,
            ),
            (translate("Cancel…"), translate("Cancel: {plan}", plan=title), self.cancel_requested),
        ):
            if signal is not None:
                way = button(text, kind="chip", name=name)
                way.clicked.connect(lambda checked=False, s=signal: s.emit(plan))
                ways.add(way)
        column.addWidget(ways)
        return part


def plan_facts(plan: PlannedView, today: date) -> list[str]:
    """Its campaign, who makes it, and how it was moved: the first day is never hidden."""
    campaign = translate("campaign “{title}”", title=plan.campaign) if plan.campaign else ""
    facts = [*([campaign] if campaign else []), plan.officer]
    if plan.moved_count:
        first = words.near_day(plan.first_planned_on, today)
        facts.append(
            plural(
                "moved once, first planned for {day}",
                "moved {n} times, first planned for {day}",
                plan.moved_count,
                day=first,
            )
        )
    if plan.planned_on > plan.window_to:
        due = words.near_day(plan.window_to, today)
        facts.append(translate("after its due date {day}", day=due))
    if plan.for_lead:
        facts.append(translate("on the team lead's list"))
    return facts


def _due_part(due: DueVisit, today: date) -> QWidget:
    visit, day = words.purpose_visit(due.due.purpose), words.near_day(due.due.due_on, today)
    part, column = _part()
    title = translate("{visit} due {day}", visit=visit, day=day)
    late = "red" if due.overdue_days else ""
    column.addWidget(label(title, strong=True, wrap=True, tone=late))
    for one in (due.due, *due.others):
        column.addWidget(label(why_due(one), size="small", tone="muted", wrap=True))
    return part


def _part() -> tuple[QWidget, QVBoxLayout]:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 2, 0, 2)
    column.setSpacing(2)
    return part, column
