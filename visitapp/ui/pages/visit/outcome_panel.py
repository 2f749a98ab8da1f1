"""The right side of the Visit page: the outcome, why, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from forms.model import Form
from forms.outcome import Outcome, WouldChange
from visitapp.services.action_views import ActionView
from visitapp.ui import words
from visitapp.ui.pages.visit.sheet import Sheet
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import Card, ScrollColumn, clear, rule
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import label, named
from visitapp.ui.widgets.tile import Tile

WIDTH = 340
WIDEST = 400
MOST_ALSO = 4


class OutcomeCard(Card):
    """The outcome and everything that explains it."""

    def __init__(self) -> None:
        super().__init__()
        self.column.setSpacing(8)
        self._caption = label(size="small", tone="muted", wrap=True)
        self.chip = RagChip("unrated", large=True)
        self._meaning = label(size="small", wrap=True)
        self.column.addWidget(self._caption)
        self.column.addWidget(self.chip)
        self.column.addWidget(self._meaning)
        self._provisional = label(size="small", tone="amber", wrap=True)
        self.column.addWidget(self._provisional)
        self._shown: Outcome | None = None
        self._rest = QVBoxLayout()
        self._rest.setSpacing(5)
        self.column.addLayout(self._rest)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the outcome as it stands."""
        outcome = sheet.outcome
        done, total = sheet.count_all()
        heading = self.tr("Outcome") if sheet.frozen else self.tr("Outcome so far")
        counted = self.tr("{done} of {total} answered").format(done=done, total=total)
        self._caption.setText(f"{heading} · {counted}")
        self.chip.set_rag(outcome.overall)
        self._meaning.setText(words.placement_rule(outcome.overall))
        self._provisional.setText(self._coverage(sheet))
        self._provisional.setVisible(outcome.provisional and outcome.percent is not None)
        if outcome == self._shown:
            return
        self._shown = outcome
        clear(self._rest)
        self._show_why(outcome)
        self._show_areas(sheet)
        self._show_change(sheet.form, outcome)

    def _coverage(self, sheet: Sheet) -> str:
        covered = self.tr("Provisional: {n}% of the form is covered, {least}% is needed.")
        least = int(sheet.form.minimum_coverage)
        return covered.format(n=sheet.outcome.coverage, least=least)

    def _show_why(self, outcome: Outcome) -> None:
        if outcome.because:
            self._heading(self.tr("Why"))
        for reason in outcome.because:
            self._rest.addWidget(label(reason.text, size="small", wrap=True))
        for reason in outcome.also[:MOST_ALSO]:
            self._rest.addWidget(label(reason.text, size="small", tone="muted", wrap=True))

    def _show_areas(self, sheet: Sheet) -> None:
        rated = [(area, sheet.area_outcome(area)) for area in sheet.form.areas]
        shown = [(a, o) for a, o in rated if o is not None and o.percent is not None]
        if shown:
            self._heading(self.tr("Areas"))
        for place, (area, found) in enumerate(shown):
            if place:
                self._rest.addWidget(rule())
            partial = self.tr(" (so far)") if found.coverage < 100 else ""
            shape = words.SHAPES[found.rag]
            figure = label(f"{shape}  {found.percent}%", size="small", strong=True, tone=found.rag)
            figure.setAccessibleName(f"{area.title}: {words.rag_word(found.rag)}, {found.percent}%")
            self._line(label(area.title + partial, size="small", wrap=True), figure)

    def _show_change(self, form: Form, outcome: Outcome) -> None:
        if outcome.would_change:
            self._heading(self.tr("What would change it"))
        for change in outcome.would_change:
            self._rest.addWidget(label(change_line(form, change), size="small", wrap=True))

    def _heading(self, text: str) -> None:
        self._rest.addSpacing(6)
        self._rest.addWidget(label(text, size="small", strong=True))

    def _line(self, left: QLabel, right: QLabel) -> None:
        row = QHBoxLayout()
        row.addWidget(left, 1)
        row.addWidget(right)
        self._rest.addLayout(row)


def change_line(form: Form, change: WouldChange) -> str:
    """`Amber if 7.2 becomes Met.`"""
    parts = []
    for answer in change.answers:
        question = form.questions[answer.question]
        value = question.scale.by_value.get(answer.value) if question.scale else None
        became = words.say("{number} becomes {label}")
        parts.append(
            became.format(number=question.number, label=value.label if value else answer.value)
        )
    both = words.say(" and ").join(parts)
    return words.say("{rag} if {changes}.").format(rag=words.rag_word(change.to), changes=both)


class VisitActionsCard(Card):
    """The actions raised on this visit. `opened` carries one."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._title = label(size="small", strong=True)
        self.column.addWidget(self._title)
        self._list = QVBoxLayout()
        self._list.setSpacing(1)
        self._shown: list[ActionView] | None = None
        self.column.addLayout(self._list)

    def show_actions(self, actions: Sequence[ActionView], today: date) -> None:
        """Show each with its due day."""
        if list(actions) == self._shown:
            return
        self._shown = list(actions)
        heading = self.tr("Actions from this visit")
        self._title.setText(f"{heading}  {len(actions)}" if actions else heading)
        clear(self._list)
        for action in actions:
            line = f"{action.title} · {words.near_day(action.due_on, today)}"
            face = QVBoxLayout()
            face.setContentsMargins(2, 3, 2, 3)
            link = named(Tile("line", face), self.tr("Action: {line}").format(line=line))
            link.add(label(line, size="small", wrap=True))
            link.clicked.connect(lambda _checked, action=action: self.opened.emit(action))
            self._list.addWidget(link)
        if not actions:
            teaching = self.tr("None yet. Press A on a question to add one.")
            self._list.addWidget(label(teaching, size="small", tone="muted", wrap=True))


class OutcomePanel(ScrollColumn):
    """The outcome card over the actions card."""

    def __init__(self, look: Look) -> None:
        super().__init__("", margins=(4, 20, 24, 24))
        self.setAccessibleName(self.tr("Outcome"))
        self.outcome, self.raised = OutcomeCard(), VisitActionsCard()
        self.column.addWidget(self.outcome)
        self.column.addWidget(self.raised)
        self.column.addStretch(1)
        self._look = look
        self._fit()
        look.changed.connect(self._fit)

    def _fit(self) -> None:
        self.setFixedWidth(min(self._look.px(WIDTH), WIDEST))

    def show_sheet(self, sheet: Sheet, today: date) -> None:
        """Show how the visit stands."""
        self.outcome.show_sheet(sheet)
        self.raised.show_actions(sheet.view.actions, today)
