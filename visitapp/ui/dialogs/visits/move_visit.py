"""Move a visit to a newer version of its form: first what that changes, then the move."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.rating.outcome import Outcome
from visitapp.language import translate
from visitapp.services.views.form_upgrade import VersionChanges
from visitapp.services.visits.blind import hidden_line
from visitapp.services.visits.visits import Visits
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.pages.visit.outcome.kept_aside_card import kept_aside_lines
from visitapp.ui.widgets.card import ScrollColumn, clear
from visitapp.ui.widgets.flow import Flow, beside
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import label

HEIGHT = 360
MOST_LINES = 12


class MoveVisitDialog(Dialog):
    """`moved` carries the VisitView on the newer version."""

    moved = Signal(object)

    def __init__(self, parent: QWidget | None, visits: Visits, visit_id: str) -> None:
        heading, primary = translate("Move to a newer version"), translate("Move the visit")
        super().__init__(parent, heading, primary, width=640)
        self._visits = visits
        self._told = visits.version_changes(visit_id)
        self._show()
        self.watch(lambda: visits.version_changes(visit_id))

    def record_changed(self) -> None:
        """Show again what the move would change."""
        self._told = self._visits.version_changes(self._told.visit_id)
        self._show()
        self.messages.show_text(
            translate("This visit was changed elsewhere while you had it open."),
            translate("Read again what would change."),
        )

    def _show(self) -> None:
        clear(self.column)
        told = self._told
        text = translate(
            "From version {old} to {new}. No answer is lost. An answer that does not fit the new "
            "version is kept, shown and printed, but not counted.",
            old=told.from_version,
            new=told.to_version,
        )
        self.column.addWidget(label(text, tone="muted", wrap=True))
        self.column.addWidget(self._outcomes(told))
        scroll = ScrollColumn(translate("What would change"), margins=(0, 4, 12, 4))
        scroll.setMinimumHeight(HEIGHT)
        self._body = scroll.column
        self._body.setSpacing(4)
        self._fill(told)
        self.column.addWidget(scroll, 1)

    def attempt(self) -> None:
        """Move it."""
        told = self._told
        self.moved.emit(self._visits.move_to_version(told.visit_id, told.to_version))
        self.accept()

    def _outcomes(self, told: VersionChanges) -> Flow:
        row = Flow(gap=16)
        if told.hidden:
            row.add(label(hidden_line(), wrap=True))
            return row
        captions = (translate("Now"), translate("Then"))
        outcomes = (told.before, told.after)
        for caption, outcome, level in zip(captions, outcomes, told.levels, strict=True):
            figures = label(_figures(outcome), size="small")
            row.add(beside(caption, RagChip(outcome.overall, level), figures))
        return row

    def _fill(self, told: VersionChanges) -> None:
        aside = ["\n".join(kept_aside_lines(one)) for one in told.falls_away]
        falls = translate("No longer counted (answers kept)  {n}", n=len(told.falls_away))
        self._part(falls, aside or [translate("Every counted answer still counts.")])
        self._part(
            translate("What the new version changes  {n}", n=len(told.changes)),
            [change.text for change in told.changes],
        )
        if told.missing:
            self._part(translate("Needed before sign-off  {n}", n=len(told.missing)), told.missing)
        self._body.addStretch(1)

    def _part(self, heading: str, lines: Sequence[str]) -> None:
        shown = QVBoxLayout()
        shown.setSpacing(4)
        shown.addWidget(label(heading, strong=True, wrap=True))
        for line in lines[:MOST_LINES]:
            shown.addWidget(label(line, size="small", wrap=True))
        if len(lines) > MOST_LINES:
            more = translate("and {n} more", n=len(lines) - MOST_LINES)
            shown.addWidget(label(more, size="small", tone="muted"))
        self._body.addLayout(shown)
        self._body.addSpacing(10)


def _figures(outcome: Outcome) -> str:
    percent = "" if outcome.percent is None else f"{outcome.percent}%"
    return words.joined(percent, translate("{n}% covered", n=outcome.coverage))
