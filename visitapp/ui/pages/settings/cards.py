"""The cards of a setting's overview."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from visitapp.language import message, plural, translate
from visitapp.rules.choices import RatingCause, RatingState
from visitapp.services.views.actions import ActionView
from visitapp.services.views.settings import PortfolioRow, SettingView, TimelineEntry
from visitapp.ui import words
from visitapp.ui.models.actions import action_line, due_cell
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card, clear, rule
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.plan_bar import PlanBar
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import button, label, named
from visitapp.ui.widgets.tile import Tile, let_through
from visitapp.ui.widgets.wrapping import EqualCells
from visitapp.vocabulary.due import why_due

MOST_ACTIONS = 8
MOST_EVENTS = 12
CELL_LETTERS = 18
"""The width of a cell of the first card, so that a sentence in it does not become a column of
words."""


class StandingCard(Card):
    """Outcome, placements, regulator, risk and next visit, side by side where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._cells = EqualCells(letters=CELL_LETTERS)
        self.column.addWidget(self._cells)

    def show_setting(self, setting: SettingView, today: date) -> None:
        """Show where the setting stands."""
        row = setting.row
        cells = [
            self._rating(setting),
            _cell(translate("Placements"), _strong(row.placements), row.placements_note),
            _cell(
                translate("Regulator"),
                _strong(row.regulator_overall or translate("Not yet inspected")),
                words.day(row.regulator_published),
            ),
            *([self._risk(row)] if row.risk_rag else []),
            self._next_visit(setting, today),
        ]
        self._cells.show_parts(cells)

    def _rating(self, setting: SettingView) -> QWidget:
        rating = setting.rating
        visited = words.day(rating.visited_on)
        by = message("by the visit of {day}")
        if rating.cause == RatingCause.EVENT:
            by = message("by the significant event of {day}")
        outcome = [translate(by.template, day=visited)] if visited else []
        if rating.review_on:
            outcome.append(translate("review {day}", day=words.day(rating.review_on)))
        if rating.provisional:
            outcome.append(translate("provisional"))
        if rating.state == RatingState.UNDER_REVIEW:
            outcome.append(translate("under review"))
        if rating.level:
            outcome.insert(0, words.rag_word(rating.rag))
        results = [f"{one.title}: {words.graded(one.rag, one.level)}" for one in rating.results]
        if rating.proposed:
            results.append(
                translate(
                    "{rag} proposed, waiting for a team lead", rag=words.rag_word(rating.proposed)
                )
            )
        if setting.contract_rating.visited_on:
            results.append(
                translate("Contract: {rag}", rag=words.rag_word(setting.contract_rating.rag))
            )
        chip = RagChip(rating.rag, rating.level, large=True)
        lines = [line for line in (words.joined(*outcome), *results) if line]
        return _cell(translate("Quality rating"), chip, "\n".join(lines))

    def _risk(self, row: PortfolioRow) -> QWidget:
        known = row.risk_percent is not None
        level = words.at_risk(row.risk_rag)
        score = translate("{n} of 100", n=row.risk_percent)
        lines = [*([level] if known else []), words.day(row.risk_on)]
        return _cell(translate("Risk score"), _strong(score if known else level), "\n".join(lines))

    def _next_visit(self, setting: SettingView, today: date) -> QWidget:
        row = setting.row
        due = words.near_day(row.next_due, today) if row.next_due else translate("None")
        late = row.next_due is not None and row.next_due < today
        # A visit that rates may have been returned, or be on another laptop.
        visits = (row.last_visit, setting.rating.visited_on)
        last = words.day(max((day for day in visits if day), default=None))
        lines = [translate("last visited {day}", day=last) if last else translate("never visited")]
        if row.next_visit is not None:
            lines.insert(0, why_due(row.next_visit))
        shown = _strong(due, tone="red" if late else "")
        return _cell(translate("Next visit due"), shown, "\n".join(lines))


def _strong(text: str, *, tone: str = "") -> QLabel:
    return label(text, strong=True, tone=tone, wrap=True)


def _cell(caption: str, value: QWidget, line: str) -> QWidget:
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(label(caption, size="small", tone="muted", wrap=True))
    column.addWidget(value)
    if line:
        column.addWidget(label(line, size="small", tone="muted", wrap=True))
    column.addStretch(1)
    return cell


class EventsCard(Card):
    """What happened, newest first."""

    def __init__(self) -> None:
        super().__init__(translate("What happened"))
        self._grid = QGridLayout()
        self._grid.setColumnMinimumWidth(0, 92)
        self._grid.setColumnStretch(1, 1)
        self._grid.setVerticalSpacing(8)
        self.column.addLayout(self._grid)

    def show_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show the latest entries."""
        clear(self._grid)
        for place, entry in enumerate(entries[:MOST_EVENTS]):
            if place:
                self._grid.addWidget(rule(), 2 * place - 1, 0, 1, 2)
            day = label(words.day(entry.at.astimezone().date()), size="small", tone="muted")
            self._grid.addWidget(day, 2 * place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addLayout(self._entry(entry), 2 * place, 1)

    def _entry(self, entry: TimelineEntry) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if entry.rag:
            row.addWidget(RagChip(entry.rag), 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(label(entry.what, wrap=True))
        if entry.detail:
            texts.addWidget(label(entry.detail, size="small", tone="muted", wrap=True))
        row.addLayout(texts, 1)
        return row


class PlanCard(Card):
    """The improvement plan: how far it is, and what is due next. `opened` carries an action."""

    of = "action"
    opened = Signal(object)
    add_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.addWidget(label(translate("Improvement plan"), size="heading"))
        head.addStretch(1)
        self._total = label(size="small", tone="muted")
        head.addWidget(self._total)
        self.column.addLayout(head)
        self._bar = PlanBar(look)
        self._line = label(size="small", tone="muted", wrap=True)
        self.column.addSpacing(4)
        self.column.addWidget(self._bar)
        self.column.addWidget(self._line)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.column.addSpacing(6)
        self.column.addLayout(self._list)
        self.add = button(
            translate("Add action"),
            kind="chip",
            name=translate("Add an action to the plan"),
            makes="action",
        )
        self.add.clicked.connect(self.add_requested)
        self.open = button(translate("Open the plan"), kind="chip")
        self.intervention = button(translate("Intervention"), kind="chip")
        ways = Flow(gap=8)
        for way in (self.add, self.open, self.intervention):
            ways.add(way)
        self.column.addSpacing(4)
        self.column.addWidget(ways)

    def show_actions(self, actions: Sequence[ActionView], today: date) -> None:
        """Show the actions of a setting that were not cancelled."""
        live = [action for action in actions if action.status != "withdrawn"]
        self._total.setText(plural("{n} action", "{n} actions", len(live)))
        self._show_progress(live)
        clear(self._list)
        open_ones = [action for action in live if action.status != "verified"]
        for place, action in enumerate(sorted(open_ones, key=lambda a: a.due_on)[:MOST_ACTIONS]):
            if place:
                self._list.addWidget(rule())
            self._list.addWidget(self._action(action, today))
        if not live:
            teaching = translate(
                "No actions yet. A finding on a visit can become one with one key."
            )
            self._list.addWidget(label(teaching, tone="muted", wrap=True))
        elif not open_ones:
            self._list.addWidget(label(translate("Every action is verified."), tone="muted"))

    def _show_progress(self, live: Sequence[ActionView]) -> None:
        verified = sum(action.status == "verified" for action in live)
        done = sum(action.status == "done" for action in live)
        late = sum(action.overdue_days > 0 for action in live)
        in_time = len(live) - verified - done - late
        parts = [
            (verified, message("{n} verified")),
            (done, message("{n} done, to be verified")),
            (in_time, message("{n} not overdue")),
            (late, message("{n} overdue")),
        ]
        line = words.joined(*(translate(text.template, n=n) for n, text in parts if n))
        self._line.setText(line)
        self._line.setVisible(bool(line))
        self._bar.setVisible(bool(live))
        self._bar.show_parts(verified, done, in_time, late, line)

    def _action(self, action: ActionView, today: date) -> Tile:
        row = QHBoxLayout()
        row.setContentsMargins(2, 6, 2, 6)
        tile = named(Tile("line", row), translate("Action: {t}", t=action.title))
        tile.clicked.connect(lambda: self.opened.emit(action))
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(let_through(label(action.title, strong=True, wrap=True)))
        line = label(action_line(action), size="small", tone="muted", wrap=True)
        texts.addWidget(let_through(line))
        row.addLayout(texts, 1)
        row.addWidget(let_through(self._due(action, today)), 0, Qt.AlignmentFlag.AlignTop)
        return tile

    def _due(self, action: ActionView, today: date) -> QWidget:
        if action.status == "done":
            return label(translate("To verify"), tone="green", strong=True)
        cell = due_cell(action, today)
        return label(cell.text, tone=cell.tone, strong=True)


def without_points(view: SettingView) -> str:
    """Why there is no visit to draw, though one may have given a rating."""
    rated_on = view.rating.visited_on
    if rated_on is None:
        return translate("No signed-off visit on this laptop was rated.")
    if any(visit.visited_on == rated_on for visit in view.visits):
        return translate("The visit that gave the rating is not signed off again yet.")
    return translate("The visit that gave the rating is not on this laptop.")
