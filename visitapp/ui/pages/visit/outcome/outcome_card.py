"""The outcome, why, what would change it, and what is worth a second look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from forms.levels import outcome_label
from forms.model import Form
from forms.rating.outcome import Outcome, WouldChange
from visitapp.language import both, translate
from visitapp.services.visits.blind import hidden_line, revealed_line
from visitapp.services.visits.outcome_labels import level_label
from visitapp.ui import words
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.widgets.card import Card, clear, rule
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.result_row import ResultRow
from visitapp.ui.widgets.text import label

MOST_ALSO = 4


class OutcomeCard(Card):
    """The outcome and everything that explains it."""

    def __init__(self) -> None:
        super().__init__()
        self.column.setSpacing(8)
        self._caption = label(size="small", tone="muted", wrap=True)
        self.chip = RagChip("unrated", large=True)
        self._meaning = label(size="small", wrap=True)
        self._blind = label(strong=True, wrap=True)
        self.column.addWidget(self._caption)
        self.column.addWidget(self._blind)
        self.column.addWidget(self.chip)
        self.column.addWidget(self._meaning)
        self._provisional = label(size="small", tone="amber", wrap=True)
        self.column.addWidget(self._provisional)
        self._shown: tuple[Outcome, list[str], bool] | None = None
        self._rest = QVBoxLayout()
        self._rest.setSpacing(5)
        self.column.addLayout(self._rest)

    def add_below_chip(self, part: QWidget) -> None:
        """Put a widget below the outcome, above everything that explains it."""
        place = self.column.indexOf(self._rest)
        self.column.insertWidget(place, part, 0, Qt.AlignmentFlag.AlignLeft)

    def show_sheet(self, sheet: VisitState) -> None:
        """Show the outcome as it stands."""
        outcome = sheet.outcome
        done, total = sheet.count_all()
        whole = sheet.frozen or sheet.hidden
        heading = translate("Outcome") if whole else translate("Outcome so far")
        counted = translate("{done} of {total} answered", done=done, total=total)
        self._caption.setText(f"{heading} · {counted}")
        self._blind.setText(self._said_of_blind(sheet, done, total))
        self._blind.setVisible(bool(self._blind.text()))
        self.chip.setVisible(not sheet.hidden)
        self._meaning.setVisible(not sheet.hidden)
        level = outcome_label(sheet.form, outcome)
        visit = sheet.form.kind != "risk"
        unfinished = visit and not sheet.frozen and outcome.percent is not None
        word = words.so_far(outcome.overall, level) if unfinished else level
        self.chip.set_rag(outcome.overall, word, faint=outcome.provisional and unfinished)
        meaning = words.meaning_so_far(sheet.form, outcome, sheet.view.rating, signed=sheet.frozen)
        if any(one.counts for one in sheet.view.outcome_overrides):
            meaning = translate("An override decides the rating, not this outcome.")
        colour = f"{words.rag_word(outcome.overall)}. " if level else ""
        self._meaning.setText(colour + meaning)
        self._provisional.setText(self._coverage(sheet))
        self._provisional.setVisible(outcome.provisional and outcome.percent is not None)
        shown = (outcome, sheet.view.warnings, sheet.frozen)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._rest)
        self._show_results(sheet)
        self._show_why(outcome)
        self._show_areas(sheet)
        self._show_change(sheet.form, outcome)
        self._show_warnings(sheet.view.warnings)

    def _said_of_blind(self, sheet: VisitState, done: int, total: int) -> str:
        """That the outcome is hidden, or, of an open visit, that it no longer is."""
        if sheet.hidden:
            return hidden_line()
        return revealed_line(done, total) if sheet.view.blind and not sheet.frozen else ""

    def _coverage(self, sheet: VisitState) -> str:
        least = int(sheet.form.minimum_coverage)
        return translate(
            "Provisional: {n}% of the form is covered, {least}% is needed.",
            n=sheet.outcome.coverage,
            least=least,
        )

    def _show_results(self, sheet: VisitState) -> None:
        if sheet.outcome.results:
            self._heading(translate("Results"))
        for result in sheet.outcome.results:
            self._rest.addWidget(ResultRow(sheet.form, result))

    def _show_why(self, outcome: Outcome) -> None:
        if outcome.because:
            self._heading(translate("Why"))
        for reason in outcome.because:
            self._rest.addWidget(label(reason.text, size="small", wrap=True))
        for reason in outcome.also[:MOST_ALSO]:
            self._rest.addWidget(label(reason.text, size="small", tone="muted", wrap=True))

    def _show_areas(self, sheet: VisitState) -> None:
        rated = [(area, sheet.area_outcome(area)) for area in sheet.form.areas]
        shown = [(a, o) for a, o in rated if o is not None and o.percent is not None]
        if shown:
            self._heading(translate("Areas"))
        for place, (area, found) in enumerate(shown):
            if place:
                self._rest.addWidget(rule())
            unfinished = found.coverage < 100 and not sheet.frozen
            partial = " " + translate("(so far)") if unfinished else ""
            shape = words.SHAPES[found.rag]
            figure = label(f"{shape}  {found.percent}%", size="small", strong=True, tone=found.rag)
            level = level_label(sheet.form, found.level)
            rated_as = words.graded(found.rag, level)
            figure.setAccessibleName(f"{area.title}: {rated_as}, {found.percent}%")
            title = f"{area.title}: {level}" if level else area.title
            self._line(label(title + partial, size="small", wrap=True), figure)

    def _show_change(self, form: Form, outcome: Outcome) -> None:
        if outcome.would_change:
            self._heading(translate("What would change it"))
        for change in outcome.would_change:
            self._rest.addWidget(label(change_line(form, change), size="small", wrap=True))

    def _show_warnings(self, warnings: Sequence[str]) -> None:
        """What may be counted twice: worth a look, and no bar to sign-off."""
        if warnings:
            self._heading(translate("Worth a second look"))
        for warning in warnings:
            self._rest.addWidget(label(warning, size="small", tone="muted", wrap=True))

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
        label = value.label if value else answer.value
        parts.append(translate("{number} becomes {label}", number=question.number, label=label))
    to = words.graded(change.to, level_label(form, change.level))
    return translate("{rag} if {changes}.", rag=to, changes=both(parts))
