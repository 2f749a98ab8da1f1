"""A visit being answered: areas on the left, questions in the middle, the outcome on the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from forms.model import Area
from visitapp.errors import VisitappError
from visitapp.services.views.visits import AnswerSaved
from visitapp.services.visits.visits import Visits
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.visit.area_view import AreaView
from visitapp.ui.pages.visit.narrowing import Narrowing
from visitapp.ui.pages.visit.offer import JoinedLine, VersionOffer
from visitapp.ui.pages.visit.outcome_panel import OutcomePanel
from visitapp.ui.pages.visit.question_card import QuestionCard
from visitapp.ui.pages.visit.recorder import Recorder
from visitapp.ui.pages.visit.saved_line import SavedLine
from visitapp.ui.pages.visit.sheet import Sheet
from visitapp.ui.pages.visit.sidebar import VisitSidebar
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import listen, visit_keys
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.text import button


class VisitPage(Page):
    """`signing` and `reporting` carry the visit's id; `acting` the visit and question an action is
    for; `proving` the same for evidence; `showing` evidence to open, `picturing` a tag that wants
    its thumbnail; `mending` an action to open; `moving` and `detailing` the visit that may go to a
    newer form, or whose day and company may change."""

    signing = Signal(str)
    reporting = Signal(str)
    acting = Signal(str, str)
    proving = Signal(str, str)
    showing = Signal(object)
    picturing = Signal(object)
    mending = Signal(object)
    moving = Signal(str)
    detailing = Signal(str)

    def __init__(self, visits: Visits, look: Look, today: Callable[[], date]) -> None:
        self.sidebar, self.area, self.panel = VisitSidebar(look), AreaView(), OutcomePanel(look)
        super().__init__(self.tr("Visit"), PageHeader(), self.sidebar)
        self._visits = visits
        self._today = today
        self.sheet: Sheet | None = None
        self._recorder: Recorder | None = None
        self._area: Area | None = None
        self._saved = SavedLine(self.sidebar)
        self.narrowing = Narrowing()
        self.offer, self.joined = VersionOffer(), JoinedLine()
        self.primary = button(self.tr("Review and sign off"), kind="primary")
        for switch in (self.narrowing.left, self.narrowing.unanswered, self.primary):
            self.header.add(switch)
        self.column.addWidget(self.joined)
        self.column.addWidget(self.offer)
        content = QHBoxLayout()
        content.setSpacing(0)
        content.addWidget(self.area, 1)
        content.addWidget(self.panel)
        self.column.addLayout(content, 1)
        self._connect()
        self._listen()

    def _connect(self) -> None:
        self.sidebar.back.connect(self._go_back)
        self.sidebar.chosen.connect(self.show_area)
        self.sidebar.narrowed.connect(self._rebuild)
        self.sidebar.editing.connect(lambda: self.detailing.emit(self._id()))
        self.narrowing.changed.connect(self._rebuild)
        self.offer.asked.connect(lambda: self.moving.emit(self._id()))
        self.primary.clicked.connect(self._finish)
        self.area.given.connect(self._record)
        self.area.typing.connect(self._saved.typing)
        self.area.invalid.connect(self._take_invalid)
        self.area.acting.connect(lambda question: self.acting.emit(self._id(), question))
        self.area.proving.connect(lambda question: self.proving.emit(self._id(), question))
        self.area.showing.connect(self.showing)
        self.area.picturing.connect(self.picturing)
        self.panel.raised.opened.connect(self.mending)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def _listen(self) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "begin": self._begin,
            "next": lambda: self._step(1),
            "previous": lambda: self._step(-1),
            "next_area": lambda: self._step_area(1),
            "previous_area": lambda: self._step_area(-1),
            "note": lambda: self._with_card(QuestionCard.begin_note),
            "evidence": lambda: self._ask(self.proving),
            "action": lambda: self._ask(self.acting),
            "undo": self.undo,
            "unanswered": self.narrowing.unanswered.click,
            "left": self.narrowing.left.click,
            "sign_off": self._finish,
        }
        listen(self, visit_keys(), deeds)
        for digit in range(1, 10):
            shortcut = QShortcut(QKeySequence(str(digit)), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda digit=digit: self._press(digit))

    def open(self, route: Route) -> None:
        """Show a visit, at a question or where it was left."""
        if self.sheet is None or self._id() != route.id:
            self._begin_visit(route.id)
        else:
            self.refresh()
        form = self._now_sheet().form
        area = form.area_of.get(route.question) or self._area or form.areas[0]
        if area is not self._area or not route.question:
            self.show_area(area)
        if route.question in form.questions:
            self.area.go_question(route.question)

    def focus_first(self) -> None:
        card = self.area.current()
        if card is not None:
            card.setFocus()

    def refresh(self) -> None:
        """Read the visit again (an action was added, a sync brought news)."""
        if self.sheet is not None:
            self.leave()
            view = self._visits.view(self._id())
            if view.summary.form_version != self.sheet.form.version:
                self._begin_visit(view.summary.id)
                self.show_area(self._now_sheet().form.areas[0])
                return
            self.sheet.read_again(view)
            self._show_all()

    def leave(self) -> None:
        self.area.flush()

    def show_area(self, area: Area) -> None:
        """Show the questions of an area and go to the first."""
        self.area.flush()
        self._area = area
        self.header.title.setText(f"{area.number} {area.title}")
        self.header.line.setText(self._now_sheet().form.owners.get(area.owner, ""))
        self.sidebar.mark(area)
        kept = self.narrowing.kept(self._now_sheet(), area)
        self.area.show_area(area, kept, self.narrowing.nothing())
        self.area.go_first()

    def undo(self) -> None:
        """Take back the last answer, and go to its question."""
        question = self._recorder.undo() if self._recorder else ""
        if question:
            self._go_question(question)
            number = self._now_sheet().form.questions[question].number
            self.said.emit(self.tr("Answer {n} is as it was before.").format(n=number), None)

    def _begin_visit(self, visit_id: str) -> None:
        sheet = self.sheet = Sheet(self._visits.view(visit_id), self._visits.form(visit_id))
        self._area = None
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
        self.area.show_sheet()
        self.sidebar.show_sheet(sheet)
        self.panel.show_sheet(sheet, self._today())
        self.narrowing.show_sheet(sheet)
        self.offer.show_sheet(sheet)
        self.joined.show_sheet(sheet)
        finish = (
            self.tr("Review") if sheet.view.not_mine_to_sign else self.tr("Review and sign off")
        )
        self.primary.setText(self.tr("Report (PDF)") if sheet.frozen else finish)
        self.primary.setAccessibleName(self.primary.text())
        self._saved.show()

    def _record(self, question: str, fields: dict[str, object]) -> None:
        if self._recorder is not None:
            self._recorder.record(question, fields)

    def _show_saved(self, saved: AnswerSaved) -> None:
        sheet = self._now_sheet()
        self.area.show_sheet()
        self.sidebar.show_sheet(sheet)
        self.panel.show_sheet(sheet, self._today())
        self.messages.hide()
        self._saved.saved(saved.answer.question, saved.saved_at)
        self.changed.emit()

    def _show_refused(self, problem: VisitappError, question: str) -> None:
        self.messages.show_problem(problem)
        self.area.put_back(question)
        self._saved.wrong(question)

    def _take_invalid(self, question: str, sentence: str) -> None:
        self._saved.wrong(question, unsaved=bool(sentence))

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        widget = new
        while widget is not None and not isinstance(widget, QuestionCard):
            widget = widget.parentWidget()
        if isinstance(widget, QuestionCard) and widget in self.area.cards():
            self.area.go(widget, focus=False)

    def _press(self, digit: int) -> None:
        card = self.area.current()
        if card is not None and not self._now_sheet().frozen:
            card.editor.press(digit)

    def _begin(self) -> None:
        self._with_card(lambda card: card.editor.begin())

    def _with_card(self, do: Callable[[QuestionCard], object]) -> None:
        card = self.area.current()
        if card is not None and not self._now_sheet().frozen:
            do(card)

    def _ask(self, signal: SignalInstance) -> None:
        self._with_card(lambda card: signal.emit(self._id(), card.question.id))

    def _step(self, by: int) -> None:
        if not self.area.step(by):
            self._step_area(by)

    def _step_area(self, by: int) -> None:
        areas = self._now_sheet().form.areas
        wanted = self._wanted()
        if self._area is not None:
            place = areas.index(self._area)
            rest = areas[place + 1 :] if by > 0 else tuple(reversed(areas[:place]))
            following = next((area for area in rest if area in wanted), None)
            if following is not None:
                self.show_area(following)

    def _wanted(self) -> list[Area]:
        """The areas of the section chosen that have something to show."""
        sheet = self._now_sheet()
        return [area for area in self.sidebar.shown() if self.narrowing.wants(sheet, area)]

    def _rebuild(self) -> None:
        """Show the area again as it is narrowed now, or the first that has something to show."""
        wanted = self._wanted()
        if self._area is not None:
            stay = self._area in wanted or not wanted
            self.show_area(self._area if stay else wanted[0])

    def _go_question(self, question: str) -> None:
        area = self._now_sheet().form.area_of[question]
        if area is not self._area:
            self.show_area(area)
        self.area.go_question(question)

    def _finish(self) -> None:
        self.area.flush()
        (self.reporting if self._now_sheet().frozen else self.signing).emit(self._id())

    def _go_back(self) -> None:
        self.went.emit(Route("setting", self._now_sheet().view.summary.setting_id))

    def _id(self) -> str:
        return self._now_sheet().view.summary.id

    def _now_sheet(self) -> Sheet:
        if self.sheet is None:
            raise LookupError("no visit is open")
        return self.sheet
