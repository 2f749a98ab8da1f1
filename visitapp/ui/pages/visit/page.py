"""A visit being answered: areas on the left, questions in the middle, the outcome on the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.services.views.visits import AnswerSaved
from visitapp.services.visits.visits import Visits
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.visit.area_navigation import AreaNavigation
from visitapp.ui.pages.visit.area_view import AreaView
from visitapp.ui.pages.visit.commented import CommentedLine
from visitapp.ui.pages.visit.keyboard import AnswerKeys
from visitapp.ui.pages.visit.keys import visit_keys
from visitapp.ui.pages.visit.narrowing import Narrowing
from visitapp.ui.pages.visit.offer import ElsewhereLine, JoinedLine, VersionOffer, finish_text
from visitapp.ui.pages.visit.outcome.outcome_panel import OutcomePanel
from visitapp.ui.pages.visit.question.question_card import QuestionCard
from visitapp.ui.pages.visit.recorder import Recorder
from visitapp.ui.pages.visit.returned import ReturnedCard
from visitapp.ui.pages.visit.room.room import Room
from visitapp.ui.pages.visit.room.writing import Writing
from visitapp.ui.pages.visit.saved_line import SavedLine
from visitapp.ui.pages.visit.seen_keys import SeenKeys
from visitapp.ui.pages.visit.sidebar import VisitSidebar
from visitapp.ui.pages.visit.tight import TightHead
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import listen
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.focus_order import move_focus
from visitapp.ui.widgets.folding_side import FoldingSide
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.text import button

Today = Callable[[], date]
QUESTIONS = 300
"""Pixels that the questions need at 100 %, to stand beside the outcome."""


class VisitPage(Page):
    """Signals carry the visit's id; `sign_off_requested` also `unsaved()`; those for more at a
    question the question. `evidence_opened` and `action_opened` carry what it is about."""

    sign_off_requested = Signal(str, dict)
    report_requested = Signal(str)
    action_requested = Signal(str, str)
    evidence_requested = Signal(str, str)
    evidence_opened = Signal(object)
    action_opened = Signal(object)
    form_upgrade_requested = Signal(str)
    details_requested = Signal(str)
    discard_requested = Signal(str)
    answer_saved = Signal(object)

    def __init__(
        self, visits: Visits, look: Look, today: Today, preferences: Preferences, writing: Writing
    ) -> None:
        self.sidebar, self.area, self.panel = VisitSidebar(look), AreaView(), OutcomePanel(look)
        super().__init__(translate("Visit"), PageHeader(), self.sidebar)
        self._visits, self._today, self._preferences = visits, today, preferences
        self.sheet: VisitState | None = None
        self._recorder: Recorder | None = None
        self._saved = SavedLine(self.sidebar)
        self.narrowing = Narrowing()
        self.areas = AreaNavigation(
            self.header, self.sidebar, self.area, self.narrowing, self._now_sheet
        )
        self.offer, self.joined = VersionOffer(), JoinedLine(self.went)
        self.returned, self.elsewhere = ReturnedCard(), ElsewhereLine()
        self._returned_first = True
        self.commented = CommentedLine(self.area, self.areas.show_question, self._now_sheet)
        self.room = Room(self, self.area, self.panel, self._now_sheet, visits.last_visit, writing)
        self.primary = button(translate("Review and sign off"), kind="primary")
        for switch in (*self.narrowing.switches, self.room.more, self.primary):
            self.header.add(switch)
        self._lines = (self.elsewhere, self.returned, self.commented, self.joined, self.offer)
        for line in self._lines:
            self.column.addWidget(line)
        content = FoldingSide(self.area, self.panel, look, needs=QUESTIONS, side_first=False)
        self.column.addWidget(content, 1)
        TightHead(self, look)
        self.sidebar.goes_on.setChecked(preferences.goes_on)
        self._seen = SeenKeys(self, self.area, self._arrive)
        self._keys = AnswerKeys(self, self.area, self._step, preferences, self._seen)
        self._connect()
        self._listen()

    def _connect(self) -> None:
        self.sidebar.back.connect(self._go_back)
        self.sidebar.chosen.connect(self.areas.show_area)
        self.sidebar.narrowed.connect(self.areas.rebuild)
        self.sidebar.edit_requested.connect(lambda: self.details_requested.emit(self._id()))
        self.sidebar.discard_requested.connect(lambda: self.discard_requested.emit(self._id()))
        self.sidebar.goes_on.toggled.connect(self._preferences.keep_goes_on)
        self.narrowing.changed.connect(self.areas.rebuild)
        self.offer.asked.connect(lambda: self.form_upgrade_requested.emit(self._id()))
        self.returned.asked.connect(self.areas.show_question)
        self.primary.clicked.connect(self._finish)
        self.area.given.connect(self._record)
        self.area.typing.connect(self._saved.typing)
        self.area.checked.connect(self._show_unsaved)
        self.area.action_requested.connect(lambda q: self.action_requested.emit(self._id(), q))
        self.area.evidence_requested.connect(lambda q: self.evidence_requested.emit(self._id(), q))
        self.area.evidence_opened.connect(self.evidence_opened)
        self.area.action_opened.connect(self.action_opened)
        self.panel.raised.opened.connect(self.action_opened)

    def _listen(self) -> None:
        commands: dict[str, Callable[[], object]] = {
            **self._keys.commands,
            "next": lambda: self._step(1),
            "previous": lambda: self._step(-1),
            "next_area": lambda: self.areas.step_area(1),
            "previous_area": lambda: self.areas.step_area(-1),
            "go_on": self.sidebar.goes_on.toggle,
            "note": lambda: self._with_card(lambda card: card.begin("note")),
            "evidence": lambda: self._with_card(QuestionCard.ask_for_evidence),
            "action": lambda: self._with_card(QuestionCard.ask_for_action),
            "undo": self.undo,
            **self.narrowing.commands,
            "sign_off": self._finish,
            **self.commented.commands,
            **self.room.commands,
        }
        listen(self, visit_keys(), self._seen.guard(commands))

    def open(self, route: Route) -> None:
        """Show a visit, at a question or where it was left. While the one shown has something that
        could not be saved it stays, because that would be lost."""
        if self._stays_for(route.id):
            return
        if self.sheet is None or self._id() != route.id:
            self._begin_visit(route.id)
        else:
            self.refresh()
        sheet, self._returned_first = self._now_sheet(), not route.question
        if route.question in sheet.form.questions:
            self.areas.show_question(route.question, route.part)
        else:
            self.areas.show_question(sheet.left_off(self._preferences.place(self._id())))

    def _stays_for(self, visit_id: str) -> bool:
        """Go to what is not saved, when another visit is to be opened; false when all is saved."""
        if self.sheet is None or visit_id == self._id() or not self._visits.exists(self._id()):
            return False
        self.leave()
        question = self.go_unsaved()
        if question:
            number = self.sheet.form.questions[question].number
            self.messages.show_text(
                translate("Question {n} of this visit is not saved, so it stays open.", n=number),
                translate("Correct it first."),
            )
        return bool(question)

    def way_back(self, route: Route | None = None) -> Route:
        """To the question left, not to the one that a link named."""
        return Route("visit", route.id if route is not None else self._id())

    def takes_focus_back(self, widget: QWidget) -> bool:
        return self.area.takes_focus_back(widget)

    def go_unsaved(self) -> str:
        """Go to the first question that shows something that is not saved; gives its id."""
        question, part = next(iter(self.unsaved().items()), ("", ""))
        if question:
            self.areas.show_question(question, part)
        return question

    def focus_first(self) -> None:
        if not (self._returned_first and self.returned.focus_first()):
            self.area.focus_current()
        self._returned_first = False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes in the order of reading, and makes the next card when it comes to it."""
        if forward:
            self.area.build_after(QApplication.focusWidget())
        return move_focus(self, forward=forward)

    def refresh(self) -> None:
        """Read the visit again (an action was added, a sync brought news)."""
        if self.sheet is not None:
            self.leave()
            view = self._visits.view(self._id())
            if view.summary.form_version != self.sheet.form.version:
                self._begin_visit(view.summary.id)
                self.areas.show_area(self._now_sheet().form.areas[0])
                return
            self.sheet.read_again(view)
            self._show_all()

    def leave(self) -> None:
        self.area.flush()

    def undo(self) -> None:
        """Take back what could not be saved, else the last answer, and go to its question."""
        if question := self.area.take_back() or (self._recorder.undo() if self._recorder else ""):
            self.areas.show_question(question)
            number = self._now_sheet().form.questions[question].number
            self.said.emit(translate("Answer {n} restored.", n=number), None)

    def unsaved(self) -> dict[str, str]:
        """As `AreaView.unsaved`."""
        return self.area.unsaved()

    def unsaved_numbers(self) -> list[str]:
        """The numbers of the questions of `unsaved`."""
        return [self._now_sheet().form.questions[name].number for name in self.unsaved()]

    def _begin_visit(self, visit_id: str) -> None:
        sheet = self.sheet = VisitState(self._visits.view(visit_id), self._visits.form(visit_id))
        self.areas.begin()
        self._saved.begin(sheet)
        self.narrowing.begin(sheet)
        self._recorder = Recorder(self._visits, sheet)
        self._recorder.saved.connect(self._show_saved)
        self._recorder.refused.connect(self._show_refused)
        self.area.open(sheet, self._today())
        self.sidebar.open(sheet)
        self._show_all()

    def _show_all(self) -> None:
        sheet = self._now_sheet()
        self._show_answers()
        for line in (self.narrowing, *self._lines):
            line.show_sheet(sheet)
        self.primary.setText(finish_text(sheet))
        self.primary.setAccessibleName(self.primary.text())

    def _show_answers(self) -> None:
        sheet = self._now_sheet()
        self.area.show_sheet()
        self.sidebar.show_sheet(sheet)
        self.panel.show_sheet(sheet, self._today())
        self._show_unsaved()

    def _show_unsaved(self) -> None:
        self._saved.show(self.unsaved_numbers())

    def _record(self, question: str, fields: dict[str, object]) -> None:
        if self._recorder is not None:
            self._recorder.record(question, fields)

    def _show_saved(self, saved: AnswerSaved) -> None:
        self._saved.saved(saved.saved_at)
        self.messages.hide()
        self._show_answers()
        self.answer_saved.emit(saved)
        self.changed.emit()

    def _show_refused(self, problem: VisitappError, question: str) -> None:
        self.messages.show_problem(problem)
        self.area.put_back(question)
        self._show_unsaved()

    def _arrive(self, card: QuestionCard) -> None:
        self._preferences.keep_place(self._id(), card.question.id)
        if self._recorder is not None:
            self._recorder.close_step()

    def _with_card(self, do: Callable[[QuestionCard], object]) -> None:
        card = self.area.current()
        if card is not None and not self._now_sheet().frozen:
            do(card)

    def _step(self, by: int) -> None:
        # Saved first: the answer may decide whether the next question is asked.
        self._with_card(QuestionCard.flush)
        self.areas.step(by)

    def _finish(self) -> None:
        self.area.flush()
        if self._now_sheet().frozen:
            self.report_requested.emit(self._id())
        else:
            self.sign_off_requested.emit(self._id(), self.unsaved())

    def _go_back(self) -> None:
        self.went.emit(Route("setting", self._now_sheet().view.summary.setting_id))

    def _id(self) -> str:
        return self._now_sheet().view.summary.id

    def _now_sheet(self) -> VisitState:
        if self.sheet is None:
            raise LookupError("no visit is open")
        return self.sheet
