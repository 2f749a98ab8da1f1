"""The cards of the page Escalation."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from visitapp.language import translate
from visitapp.services.escalation.views import (
    EntryView,
    EscalationView,
    PeopleView,
    PersonView,
    StepView,
)
from visitapp.ui import words
from visitapp.ui.pages.escalation.columns import person_columns, why_not
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card, clear
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.table_card import TableCard
from visitapp.ui.widgets.text import button, label


class StandingCard(Card):
    """Where the setting stands, and what somebody has to do."""

    def __init__(self) -> None:
        super().__init__()
        self._state = label(size="heading", wrap=True)
        self._facts = label(tone="muted", wrap=True)
        self._waits = QVBoxLayout()
        self.column.addWidget(self._state)
        self.column.addWidget(self._facts)
        self.column.addLayout(self._waits)

    def show_escalation(self, view: EscalationView) -> None:
        """Show where a setting stands."""
        self._state.setText(view.status_word)
        since = translate("since {day}", day=words.day(view.since)) if view.since else ""
        position = translate("New placements: {position}", position=view.position.lower())
        days = [day for step in view.open_steps() for day in (step.due_on, step.review_on) if day]
        coming = translate("next date {day}", day=words.day(min(days))) if days else ""
        self._facts.setText(words.joined(since, coming, position))
        clear(self._waits)
        for sentence in view.waits:
            self._waits.addWidget(label(sentence, tone="amber", wrap=True))


class StepsCard(TableCard):
    """The steps of the ladder; why the person may not decide on the one in view stands whole below
    them."""

    def __init__(self, steps: RowTable) -> None:
        super().__init__(steps)
        self._why = label(tone="muted", wrap=True)
        self._why.setContentsMargins(16, 8, 16, 10)
        self.column.addWidget(self._why)

    def show_step(self, step: StepView | None) -> None:
        """Say it of a step; None says nothing."""
        why = why_not(step) if step else ""
        self._why.setText(why)
        self._why.setVisible(bool(why))


class EntryCard(Card):
    """The decision or note in view, in full."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label(size="heading", wrap=True)
        self._made = label(tone="muted", wrap=True)
        self._lines = label(wrap=True)
        for part in (self._title, self._made, self._lines):
            self.column.addWidget(part)

    def show_entry(self, entry: EntryView | None) -> None:
        """Show one; None hides the card."""
        self.setVisible(entry is not None)
        if entry is None:
            return
        self._title.setText(entry.title)
        aside = translate("Set aside: it met another decision.") if entry.set_aside else ""
        self._made.setText(words.joined(words.day(entry.on), entry.by, aside))
        self._lines.setText("\n".join(entry.lines))


class PeopleCard(Card):
    """The people to be moved when the provider is lost. `person_requested` and `move_requested`
    carry a PersonView, or None for a new one."""

    person_requested = Signal(object)
    move_requested = Signal(object)
    print_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(translate("People to be moved"))
        self._line = label(wrap=True)
        self.table = RowTable(translate("People to be moved"), person_columns(), look)
        self.add = button(translate("Put on the list"), makes="affected_person")
        self.moved = button(translate("Moved\u2026"), makes="affected_person")
        self.print = button(translate("Print the list"))
        ways = Flow(gap=8)
        for one in (self.add, self.moved, self.print):
            ways.add(one)
        self.column.addWidget(self._line)
        self.column.addWidget(self.table)
        self.column.addWidget(ways)
        self.add.clicked.connect(lambda: self.person_requested.emit(None))
        self.moved.clicked.connect(self._move)
        self.print.clicked.connect(self.print_requested)
        self.table.opened.connect(self.person_requested)

    def _move(self) -> None:
        person = self.table.current()
        if isinstance(person, PersonView):
            self.move_requested.emit(person)

    def show_people(self, view: PeopleView | None) -> None:
        """Show the list; None hides it."""
        self.setVisible(view is not None)
        if view is None:
            return
        counts = [f"{funder}: {count}" for funder, count in view.by_funder]
        moved = translate("{n} of {all} moved", n=view.moved, all=view.total)
        self._line.setText(words.joined(moved, *counts) if view.total else _teaching())
        self.table.setVisible(bool(view.people))
        self.moved.setVisible(bool(view.people))
        self.print.setVisible(bool(view.people))
        self.table.show_rows(view.people)


def _teaching() -> str:
    return translate(
        "Nobody is on the list. Put everybody on it by code, with needs, who pays and where they "
        "could go, before it is needed. It can be printed without a connection."
    )
