"""What waits for the person today, each line with its one next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from visitapp.dates import long_day
from visitapp.language import plural, translate
from visitapp.services.today.items import NextStep, Part, TodayItem, TodayView
from visitapp.services.today.today import Today
from visitapp.ui import words
from visitapp.ui.pages.context_menu import Entry
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.today.part_card import Line, PartCard
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import listen, today_keys
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.wrapping import FoldingColumns

NEEDS = 420
"""Pixels that a column needs at 100 %."""
LEFT = (
    Part.VISITS,
    Part.RETURNED,
    Part.REVIEWS,
    Part.DECISIONS,
    Part.INTERVENTIONS,
    Part.VERIFY,
)
RIGHT = (Part.CONCERNS, Part.CONTRACTS, Part.REGULATORS, Part.CONFLICTS, Part.SYNC)


class TodayPage(Page):
    """J and K go from line to line, Enter takes the step in focus, Z leaves a line until tomorrow.

    The signals carry the id of a setting (`visit_requested`, `plan_requested`), of a planned visit
    (`move_requested`), of an action, of a concern and of a referral for support.
    """

    visit_requested = Signal(str)
    plan_requested = Signal(str)
    move_requested = Signal(str)
    action_requested = Signal(str)
    concern_requested = Signal(str)
    support_requested = Signal(str)

    def __init__(self, today: Today, look: Look) -> None:
        super().__init__(translate("Today"), PageHeader(translate("Today")))
        self._today = today
        self._shown: TodayView | None = None
        self._cards = {part: PartCard(part) for part in (*LEFT, *RIGHT)}
        scroll = ScrollColumn(translate("What waits today"))
        columns = [(11, [self._cards[p] for p in LEFT]), (9, [self._cards[p] for p in RIGHT])]
        scroll.column.addWidget(FoldingColumns(columns, look, NEEDS))
        scroll.column.addStretch(1)
        self.empty = self._empty_state(None)
        self.stack = QStackedWidget()
        self.stack.addWidget(scroll)
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)
        for card in self._cards.values():
            card.taken.connect(self._take)
            card.more_requested.connect(lambda page: self.went.emit(Route(page)))
        self._opens: dict[NextStep, Callable[[str], object]] = {
            NextStep.START_VISIT: self.visit_requested.emit,
            NextStep.PLAN_VISIT: self.plan_requested.emit,
            NextStep.MOVE_PLAN: self.move_requested.emit,
            NextStep.ACTION: self.action_requested.emit,
            NextStep.CONCERN: self.concern_requested.emit,
            NextStep.SUPPORT: self.support_requested.emit,
        }
        commands: dict[str, Callable[[], object]] = {
            "next": lambda: self._step(1),
            "previous": lambda: self._step(-1),
            "leave": self._leave,
            "briefing": self._brief,
        }
        self._commands = commands
        listen(self, today_keys(), commands)

    def menu_entries(self) -> list[Entry]:
        """The briefing, and leaving a line until tomorrow."""
        return [
            (key.does, key.shown, self._commands[key.command])
            for key in today_keys()
            if key.command in ("briefing", "leave") and self._place() is not None
        ]

    @property
    def lines(self) -> list[Line]:
        """The lines in view, the left column first."""
        return [line for card in self._cards.values() for line in card.lines]

    def focus_first(self) -> None:
        """Go to the first thing to do."""
        target: QWidget = next((line.step for line in self.lines), self)
        target.setFocus()

    def refresh(self) -> None:
        view = self._today.view()
        if view == self._shown:
            return
        at = self._place()
        self._shown = view
        count = len(view.items)
        day = long_day(view.day)
        waiting = plural("{n} thing waits", "{n} things wait", count) if count else ""
        self.header.line.setText(words.joined(day, waiting))
        for part, card in self._cards.items():
            card.show_items([one for one in view.items if one.part == part])
        for place, line in enumerate(self.lines):
            line.set_primary(primary=place == 0)
        if not count:
            self._show_empty(view)
        self.stack.setCurrentIndex(0 if count else 1)
        if at is not None and self.lines:
            self.lines[min(at, len(self.lines) - 1)].step.setFocus()

    def _place(self) -> int | None:
        """Which line has the focus."""
        focused = (place for place, line in enumerate(self.lines) if line.step.hasFocus())
        return next(focused, None)

    def _step(self, by: int) -> None:
        at, lines = self._place(), self.lines
        wanted = 0 if at is None else at + by
        if 0 <= wanted < len(lines):
            lines[wanted].step.setFocus()

    def _take(self, item: TodayItem) -> None:
        if item.part == Part.REGULATORS:
            self._today.mark_read(item)
        if item.does in self._opens:
            self._opens[item.does](item.target)
        else:
            self.went.emit(Route(item.page, item.target))

    def _brief(self) -> None:
        """The briefing of the setting that the line is about."""
        at = self._place()
        if at is not None and (setting := self.lines[at].item.setting_id):
            self.went.emit(Route("briefing", setting))

    def _leave(self) -> None:
        at = self._place()
        if at is None:
            return
        item = self.lines[at].item
        if not self._today.leave_until_tomorrow(item):
            self.said.emit(translate("This one cannot wait until tomorrow."), None)
            return

        def bring_back() -> None:
            self._today.bring_back(item)
            self.refresh()

        self.refresh()
        self.said.emit(translate("Left until tomorrow: {title}.", title=item.title), bring_back)

    def _show_empty(self, view: TodayView) -> None:
        self.stack.removeWidget(self.empty)
        self.empty.deleteLater()
        self.empty = self._empty_state(view)
        self.stack.addWidget(self.empty)

    def _empty_state(self, view: TodayView | None) -> EmptyState:
        teaching = translate(
            "Visits of today and overdue ones, returned reports, actions to verify, time limits of "
            "concerns and what regulators changed appear here, each with its next step."
        )
        if view is not None and view.next_on is not None:
            following = translate(
                "Your next visit is on {day}: {setting}.",
                day=long_day(view.next_on),
                setting=view.next_at,
            )
            teaching = f"{following} {teaching}"
        made = EmptyState(
            translate("Nothing waits for you today"), teaching, translate("See the portfolio")
        )
        made.begun.connect(lambda: self.went.emit(Route("portfolio")))
        return made
