"""Page Escalation: where a setting stands on the ladder, what was decided, who must be moved."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance

from visitapp.errors import NotAllowed
from visitapp.language import translate
from visitapp.rules.escalation.states import EscalationStatus, Rung
from visitapp.services.escalation.escalations import Escalations
from visitapp.services.escalation.people import People
from visitapp.services.escalation.views import EntryView, EscalationView, PeopleView, StepView
from visitapp.ui.pages.casework_keys import escalation_keys
from visitapp.ui.pages.casework_page import CaseworkPage
from visitapp.ui.pages.escalation.cards import EntryCard, PeopleCard, StandingCard, StepsCard
from visitapp.ui.pages.escalation.columns import entry_columns, step_columns
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import listen_buttons
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.table_card import TableCard
from visitapp.ui.widgets.text import button
from visitapp.ui.widgets.wrapping import FoldingColumns

COLUMN = 400
"""Pixels that a column needs at 100 %."""


class EscalationPage(CaseworkPage):
    """A route to it has the id of the setting.

    `open_requested` carries that id and a step's name, `review_requested` and `end_requested` the
    id and a StepView, `person_requested` the id and a PersonView or None, `letter_requested` an
    EntryView, `move_requested` a PersonView, every other signal the id alone or with a step's name.
    """

    open_requested = Signal(str, str)
    review_requested = Signal(str, object)
    end_requested = Signal(str, object)
    note_requested = Signal(str, str)
    stand_down_requested = Signal(str)
    letter_requested = Signal(object)
    person_requested = Signal(str, object)
    move_requested = Signal(object)
    list_requested = Signal(str)

    def __init__(self, escalations: Escalations, people: People, look: Look) -> None:
        super().__init__(translate("Escalation"))
        self._escalations, self._list = escalations, people
        self._view: EscalationView | None = None
        self.letter = button(translate("Print the letter"))
        self.note = button(translate("Add a note"), makes="escalation_note")
        self.down = button(translate("End the escalation"), makes="escalation")
        self.review = button(translate("Review the step"), makes="escalation")
        self.end = button(translate("End the step"), makes="escalation")
        self.begin = button(translate("Open the step"), kind="primary", makes="escalation")
        for one in (self.letter, self.note, self.down, self.review, self.end, self.begin):
            self.header.add(one)
        self.standing, self.people = StandingCard(), PeopleCard(look)
        self.entry = EntryCard()
        self.steps = RowTable(translate("Steps of the ladder"), step_columns(), look)
        self.ladder = StepsCard(self.steps)
        self.entries = RowTable(translate("Decisions and notes"), entry_columns(), look)
        self.empty = EmptyState(
            translate("Not escalated"),
            translate(
                "When a service does not improve, take the steps of your council's ladder: peer "
                "support first, a suspension or a default notice when it must be. Each decision "
                "keeps its reason, clause and date, and a step that is passed over its reason."
            ),
            translate("Begin with the first step"),
            translate("Choose another step"),
            makes="escalation",
        )
        content = ScrollColumn(translate("Escalation"))
        sides = (
            (5, (self.standing, self.ladder, self.people)),
            (4, (TableCard(self.entries), self.entry)),
        )
        content.column.addWidget(FoldingColumns(sides, look, COLUMN))
        content.column.addStretch(1)
        self.lay_out(content, self.empty, self.steps)
        self._chooses = False
        self._connect()

    def _connect(self) -> None:
        self.empty.begun.connect(self._begin_first)
        self.empty.begun_otherwise.connect(self._choose)
        self.begin.clicked.connect(lambda: self._of_step(self.open_requested, named=True))
        self.review.clicked.connect(lambda: self._of_step(self.review_requested))
        self.end.clicked.connect(lambda: self._of_step(self.end_requested))
        self.note.clicked.connect(lambda: self._of_step(self.note_requested, named=True))
        self.down.clicked.connect(lambda: self.stand_down_requested.emit(self.setting_id))
        self.letter.clicked.connect(self._print_letter)
        self.steps.marked.connect(self._mark)
        self.steps.opened.connect(self._opened)
        self.entries.marked.connect(self._mark_entry)
        self.people.person_requested.connect(
            lambda person: self.person_requested.emit(self.setting_id, person)
        )
        self.people.move_requested.connect(self.move_requested)
        self.people.print_requested.connect(lambda: self.list_requested.emit(self.setting_id))
        listen_buttons(
            self,
            escalation_keys(),
            {
                "open": self.begin,
                "review": self.review,
                "end": self.end,
                "note": self.note,
                "letter": self.letter,
                "person": self.people.add,
                "move": self.people.moved,
            },
        )

    def open(self, route: Route) -> None:
        """Show the escalation of a setting."""
        self._chooses = False
        super().open(route)

    def read(self) -> bool:
        view = self._view = self._escalations.view(self.setting_id)
        people = self._people()
        self.header.title.setText(view.setting)
        quiet = view.status == EscalationStatus.NOT_ESCALATED and not view.entries
        is_empty = quiet and not self._chooses and not (people and people.people)
        self.note.setVisible(not is_empty)
        self.down.setVisible(view.may_stand_down)
        self.standing.show_escalation(view)
        marked = self.marked
        self.steps.show_rows(view.steps)
        rungs = [step.rung for step in view.steps]
        self.steps.selectRow(rungs.index(marked) if marked in rungs else _first(view))
        shown = self.entries.current()
        self.entries.show_rows(view.entries)
        ids = [one.id for one in view.entries]
        if ids:
            entry = shown.id if isinstance(shown, EntryView) else ""
            self.entries.selectRow(ids.index(entry) if entry in ids else 0)
        self.people.show_people(people)
        self._mark(self.steps.current())
        self._mark_entry(self.entries.current())
        if is_empty:
            for one in (self.begin, self.review, self.end, self.letter):
                one.hide()
        return not is_empty

    def _people(self) -> PeopleView | None:
        """The list of people; None where the person may not see it."""
        try:
            return self._list.view(self.setting_id)
        except NotAllowed:
            return None

    def _mark(self, step: StepView | None) -> None:
        self.marked = step.rung if step else self.marked
        self.ladder.show_step(step)
        is_open = step is not None and step.state == "open"
        may = step is not None and step.may
        self.begin.setVisible(may and not is_open)
        self.review.setVisible(may and is_open)
        self.end.setVisible(may and is_open)

    def _mark_entry(self, entry: EntryView | None) -> None:
        self.letter.setVisible(entry is not None and bool(entry.letter))
        self.entry.show_entry(entry)

    def _opened(self, step: StepView) -> None:
        """Enter on a step does the first thing that can be done with it."""
        for one in (self.begin, self.review):
            if one.isVisible():
                one.click()
                return

    def _of_step(self, signal: SignalInstance, *, named: bool = False) -> None:
        step = self.steps.current()
        if isinstance(step, StepView):
            signal.emit(self.setting_id, step.rung if named else step)

    def _begin_first(self) -> None:
        first = next((s for s in self._view.steps if s.may), None) if self._view else None
        self.open_requested.emit(self.setting_id, first.rung if first else Rung.PEER_SUPPORT)

    def _choose(self) -> None:
        self._chooses = True
        self.refresh()
        self.steps.setFocus()

    def _print_letter(self) -> None:
        entry = self.entries.current()
        if isinstance(entry, EntryView):
            self.letter_requested.emit(entry)


def _first(view: EscalationView) -> int:
    """The row that a person most likely means: the highest open step, else the first one."""
    still = [place for place, step in enumerate(view.steps) if step.state == "open"]
    return still[-1] if still else 0
