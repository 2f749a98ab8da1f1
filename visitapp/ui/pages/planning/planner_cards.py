"""The cards of the planner: the visits of a day, and what slips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from visitapp.dates import long_day
from visitapp.language import plural, translate
from visitapp.services.views.planner import PlannedEntry, PlannerDay, Slip
from visitapp.services.views.planning import DONE, STARTED
from visitapp.services.views.risk import KnownRisk
from visitapp.ui import words
from visitapp.ui.pages.planning.card import plan_facts
from visitapp.ui.widgets.card import Card, clear, rule
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import Button, button, label
from visitapp.vocabulary.due import why_due

_MOST = 8


class DayCard(Card):
    """The visits of one day. The signals carry a PlannedView; `setting_opened` the id of one."""

    of = "planned_visit"
    move_requested = Signal(object)
    confirm_requested = Signal(object)
    cancel_requested = Signal(object)
    file_requested = Signal(object)
    setting_opened = Signal(str)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(translate("The day"))
        self._today = today
        self._title = label(strong=True, wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.column.addWidget(self._title)
        self.column.addLayout(self._list)
        self._ways: list[Button] = []

    def show_day(self, day: PlannerDay) -> None:
        """Show what is planned on a day."""
        clear(self._list)
        self._ways = []
        self._title.setText(long_day(day.day))
        for place, entry in enumerate(day.entries):
            if place:
                self._list.addWidget(rule())
            self._add(entry)
        if not day.entries:
            text = translate("Nothing is planned.")
            if not day.working:
                text = translate("The council is closed on this day.")
            self._list.addWidget(label(text, tone="muted", wrap=True))

    def focus_first(self) -> None:
        """Go to the first thing that can be done with a visit of the day."""
        if self._ways:
            self._ways[0].setFocus()

    def _add(self, entry: PlannedEntry) -> None:
        plan, today = entry.plan, self._today()
        visit = words.purpose_visit(plan.purpose)
        self._list.addWidget(label(plan.setting, strong=True, wrap=True))
        facts = words.joined(
            words.rag_word(entry.rag),
            visit,
            translate("due {day}", day=words.near_day(plan.window_to, today)),
            *plan_facts(plan, today),
        )
        self._list.addWidget(label(facts, size="small", tone="muted", wrap=True))
        ways = Flow()
        about = words.joined(plan.setting, visit)
        open_ = plan.state not in (DONE, STARTED)
        offered = [
            (translate("Move…"), self.move_requested, open_),
            (translate("Confirm"), self.confirm_requested, open_ and plan.status != "confirmed"),
            (translate("Cancel…"), self.cancel_requested, open_),
            (translate("Calendar file…"), self.file_requested, plan.state != DONE),
        ]
        for text, signal, fits in offered:
            makes = "" if signal is self.file_requested else "planned_visit"
            if fits:
                way = button(
                    text, kind="chip", name=f"{text.removesuffix('…')}: {about}", makes=makes
                )
                way.clicked.connect(lambda _=False, s=signal: s.emit(plan))
                self._ways.append(way)
                ways.add(way)
        setting = button(translate("Setting"), kind="chip", name=f"{translate('Setting')}: {about}")
        setting.clicked.connect(lambda: self.setting_opened.emit(plan.setting_id))
        self._ways.append(setting)
        ways.add(setting)
        self._list.addWidget(ways)


class SlippingCard(Card):
    """What is late or will be. `plan_requested` carries the id of a setting, `move_requested` that
    of a planned visit and the day to offer."""

    of = "planned_visit"
    plan_requested = Signal(str)
    move_requested = Signal(str, object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(translate("Slipping, riskiest first"))
        self._today = today
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.column.addLayout(self._list)

    def show_slips(self, slips: Sequence[Slip]) -> None:
        """Show the first of them, and how many more there are."""
        clear(self._list)
        for place, slip in enumerate(slips[:_MOST]):
            if place:
                self._list.addWidget(rule())
            self._add(slip)
        if len(slips) > _MOST:
            more = plural("and {n} more", "and {n} more", len(slips) - _MOST)
            self._list.addWidget(label(more, tone="muted"))
        if not slips:
            text = translate("Every visit that is due soon has a day before its date.")
            self._list.addWidget(label(text, tone="muted", wrap=True))

    def _add(self, slip: Slip) -> None:
        due, today = slip.due, self._today()
        self._list.addWidget(label(due.setting, strong=True, wrap=True))
        chips, risk = Flow(), slip.risk
        if risk is not None and risk.rag not in ("", "unrated"):
            chips.add(RagChip(risk.rag, words.at_risk(risk.rag)))
        chips.add(RagChip(slip.rag, words.rag_word(slip.rag)))
        self._list.addWidget(chips)
        if risk is not None and risk.rag:
            self._list.addWidget(label(_score(risk), size="small", tone="muted", wrap=True))
        day = words.near_day(due.due.due_on, today)
        said = translate("Was due {day}.", day=day) if due.overdue_days else ""
        said = said or translate("Due {day}.", day=day)
        planned = translate("Not planned.")
        if due.planned_on is not None:
            planned = translate("Planned {day}.", day=words.near_day(due.planned_on, today))
        tone = "red" if due.overdue_days else "amber"
        self._list.addWidget(label(f"{said} {planned}", tone=tone, wrap=True))
        self._list.addWidget(label(why_due(due.due), size="small", tone="muted", wrap=True))
        offered = words.near_day(slip.offered_on, today)
        if due.planned_id is None:
            way = button(
                translate("Plan a visit…"),
                kind="chip",
                name=translate("Plan a visit: {setting}", setting=due.setting),
                makes="planned_visit",
            )
            way.clicked.connect(lambda: self.plan_requested.emit(due.setting_id))
        else:
            plan_id = due.planned_id
            way = button(
                translate("Take {day}…", day=offered),
                kind="chip",
                name=translate("Take {day}: {setting}", day=offered, setting=due.setting),
                makes="planned_visit",
            )
            way.clicked.connect(lambda: self.move_requested.emit(plan_id, slip.offered_on))
        self._list.addWidget(way)


def _score(risk: KnownRisk) -> str:
    """`Live risk score 38 of 100, lower is riskier`; where too little is known, that."""
    if risk.rag == "unrated" or risk.percent is None:
        return translate("Risk: not enough known")
    return translate("Live risk score {n} of 100, lower is riskier", n=risk.percent)
