"""The risk card of a setting's overview."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from visitapp.language import translate
from visitapp.rules.choices import FROZEN
from visitapp.services.views.risk import RiskLine
from visitapp.ui import words
from visitapp.ui.models.risk import results_text
from visitapp.ui.widgets.card import Card, clear, rule
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import button, label, named
from visitapp.ui.widgets.tile import Tile, let_through


class RiskCard(Card):
    """The latest assessment by each model. `opened` carries the id of one."""

    of = "visit"
    opened = Signal(str)
    assessment_requested = Signal()

    def __init__(self) -> None:
        super().__init__(translate("Risk"))
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.column.addLayout(self._list)
        self._polarity = label(words.polarity(), size="small", tone="muted", wrap=True)
        self.column.addWidget(self._polarity)
        self.assess = button(translate("Assess risk…"), kind="chip", makes="visit")
        self.assess.clicked.connect(self.assessment_requested)
        self.column.addSpacing(4)
        self.column.addWidget(self.assess, 0, Qt.AlignmentFlag.AlignLeft)

    def show_lines(self, lines: Sequence[RiskLine]) -> None:
        """Show what stands by each model, and what is in progress."""
        clear(self._list)
        shown = latest(lines)
        self._polarity.setVisible(bool(shown))
        for place, line in enumerate(shown):
            if place:
                self._list.addWidget(rule())
            self._list.addWidget(self._tile(line))
        if not shown:
            teaching = translate(
                "Not assessed yet. A risk model is filled in from the records; you answer the rest."
            )
            self._list.addWidget(label(teaching, tone="muted", wrap=True))

    def _tile(self, line: RiskLine) -> Tile:
        row = QHBoxLayout()
        row.setContentsMargins(2, 6, 2, 6)
        row.setSpacing(12)
        score = score_text(line)
        said = (words.graded(line.rag, line.level), score, risk_line_text(line), results_text(line))
        tile = named(Tile("line", row), f"{line.title}: {words.joined(*said)}")
        tile.clicked.connect(lambda: self.opened.emit(line.id))
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(let_through(label(line.title, strong=True, wrap=True)))
        about = label(risk_line_text(line), size="small", tone="muted", wrap=True)
        texts.addWidget(let_through(about))
        for result in line.results:
            chip = RagChip(result.rag, f"{result.title}: {words.graded(result.rag, result.level)}")
            texts.addWidget(let_through(chip))
        row.addLayout(texts, 1)
        row.addWidget(let_through(label(score, strong=True)), 0, Qt.AlignmentFlag.AlignTop)
        chip = RagChip(line.rag, line.level or words.at_risk(line.rag))
        row.addWidget(let_through(chip), 0, Qt.AlignmentFlag.AlignTop)
        return tile


def latest(lines: Sequence[RiskLine]) -> list[RiskLine]:
    """Of each model the newest that is signed off, and before it one that is in progress."""
    found: dict[tuple[str, bool], RiskLine] = {}
    for line in lines:
        found.setdefault((line.model.id, line.status in FROZEN), line)
    return sorted(found.values(), key=lambda line: (line.title, line.status in FROZEN))


def score_text(line: RiskLine) -> str:
    """`41 of 100`."""
    if line.percent is None:
        return translate("No score")
    return translate("{n} of 100", n=line.percent)


def risk_line_text(line: RiskLine) -> str:
    """`22 Nov 2026 · in progress · provisional, 60% known`."""
    known = translate("provisional, {n}% answered", n=line.coverage)
    return words.joined(
        words.day(line.assessed_on),
        "" if line.status in FROZEN else translate("in progress"),
        known if line.provisional else "",
    )
