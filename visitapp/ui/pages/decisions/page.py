"""What waits for a decision, oldest first, one of it in full."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QStackedWidget

from visitapp.errors import NotFound
from visitapp.language import plural, translate
from visitapp.services.decisions.decisions import Decisions
from visitapp.services.views.decided.decisions import Given, Waiting, WaitingList
from visitapp.ui.pages.decisions.detail import DecisionDetail
from visitapp.ui.pages.decisions.waiting_list import DecisionKey, DecisionList
from visitapp.ui.pages.page import Page
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import decision_keys, listen, listen_buttons
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.folding_side import FoldingSide
from visitapp.ui.widgets.header import PageHeader

DETAIL = 420
"""Pixels that the decision needs at 100 %, to stand beside the list."""


class DecisionsPage(Page):
    """A decision stays in view while its form is filled in."""

    def __init__(self, decisions: Decisions, look: Look, today: Callable[[], date]) -> None:
        super().__init__(translate("Decisions"), PageHeader(translate("Decisions")))
        self._decisions, self._today = decisions, today
        self._current: DecisionKey | None = None
        self._found = WaitingList([], [])
        self.list, self.detail = DecisionList(look), DecisionDetail(look, today())
        self.empty = EmptyState(
            translate("Nothing waits for your decision"),
            translate(
                "Ratings that go up and placement exceptions appear here after a sync, the longest "
                "waiting first. You read what is asked and what is on record, and decide with a "
                "reason."
            ),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(
            FoldingSide(self.detail, self.list, look, needs=DETAIL, side_first=True)
        )
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)
        self.list.chosen.connect(self._choose)
        self.detail.form.recorded.connect(self._record)
        self.detail.setting_requested.connect(lambda id_: self.went.emit(Route("setting", id_)))
        self.detail.visit_requested.connect(lambda id_: self.went.emit(Route("visit", id_)))
        keys = decision_keys()
        listen(self, [key for key in keys if key.command == "other"], {"other": self._other_part})
        buttons = {
            "record": self.detail.form.record,
            "setting": self.detail.setting,
            "visit": self.detail.visit,
        }
        listen_buttons(self, keys, buttons)

    def focus_first(self) -> None:
        """Go to the list: Enter there opens a decision, and decides nothing."""
        if not self.list.focus_current():
            self.setFocus()

    def open(self, route: Route) -> None:
        """Show the decision about a record, where it waits."""
        super().open(route)
        wanted = [_key(one) for one in self._all() if route.id and one.id == route.id]
        if wanted:
            self._choose(wanted[0])

    def refresh(self) -> None:
        self._found = self._decisions.waiting()
        keys = [_key(one) for one in self._all()]
        if self._current not in keys:
            self._current = keys[0] if keys else None
        mine = len(self._found.mine)
        self.header.line.setText(
            plural("{n} for you, oldest first", "{n} for you, oldest first", mine) if mine else ""
        )
        self.list.show_waiting(self._found, self._current, self._today())
        self.stack.setCurrentIndex(0 if keys else 1)
        self._show()

    def _all(self) -> list[Waiting]:
        return [*self._found.mine, *self._found.others]

    def _choose(self, key: DecisionKey) -> None:
        self._current = key
        self.messages.hide()  # it was about the decision before
        self.list.mark(key)
        self._show()

    def _show(self) -> None:
        if self._current is None:
            return
        try:
            self.detail.show_decision(self._decisions.view(*self._current))
        except NotFound:
            # It was decided elsewhere between the list and this.
            self._current = None

    def _other_part(self) -> None:
        """From the list to the form and back."""
        if self.list.isAncestorOf(self.focusWidget()) and self.detail.form.isVisible():
            self.detail.form.focus_first()
        else:
            self.list.focus_current()

    def _record(self, option: str, given: Given) -> None:
        """Record the decision that is in view. The focus goes to the list, where a second Enter
        decides nothing."""
        if self._current is None:
            return
        setting = next(one.setting for one in self._all() if _key(one) == self._current)
        self._decisions.decide(*self._current, option, given)
        self.messages.hide()
        self.said.emit(translate("Decision recorded: {setting}.", setting=setting), None)
        self.detail.forget()
        self.changed.emit()
        self.refresh()
        self.focus_first()


def _key(waiting: Waiting) -> DecisionKey:
    return waiting.kind, waiting.id
