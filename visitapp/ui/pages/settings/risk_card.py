"""The risk card of a setting's overview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from visitapp.language import translate
from visitapp.rules.choices import FROZEN
from visitapp.services.risk.ranking import RiskRanking
from visitapp.services.risk.words import aged, scored
from visitapp.services.views.risk import RiskLine, RiskOfSetting
from visitapp.ui import words
from visitapp.ui.models.risk import results_text
from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.card import Card, clear, rule
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import button, label, named
from visitapp.ui.widgets.tile import Tile, let_through


class RiskCard(Card):
    """Live risk, and the latest assessment by each model. `opened` carries the id of an assessment,
    `went` the way to the ranking."""

    of = "visit"
    opened = Signal(str)
    assessment_requested = Signal()
    went = Signal(object)

    def __init__(self, ranking: RiskRanking, today: Callable[[], date]) -> None:
        super().__init__(translate("Risk"))
        self._ranking, self._today, self._id = ranking, today, ""
        self._live = QVBoxLayout()
        self._live.setSpacing(4)
        self.column.addLayout(self._live)
        self.where = button(
            translate("See where it stands"),
            kind="chip",
            hint=translate("The ranking of every setting by live risk, this one marked"),
        )
        self.where.clicked.connect(lambda: self.went.emit(Route("risk", self._id)))
        self.column.addWidget(self.where, 0, Qt.AlignmentFlag.AlignLeft)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.column.addLayout(self._list)
        self._polarity = label(words.polarity(), size="small", tone="muted", wrap=True)
        self.column.addWidget(self._polarity)
        self.assess = button(translate("Assess risk…"), kind="chip", makes="visit")
        self.assess.clicked.connect(self.assessment_requested)
        self.column.addSpacing(4)
        self.column.addWidget(self.assess, 0, Qt.AlignmentFlag.AlignLeft)

    def show_setting(self, setting_id: str, lines: Sequence[RiskLine]) -> None:
        """Show a setting's risk now, what stands by each model, and what is in progress."""
        self._id = setting_id
        clear(self._live)
        live = self._ranking.of(setting_id)
        self.where.setVisible(live is not None)
        if live is not None:
            self._add_live(live)
        clear(self._list)
        shown = latest(lines)
        self._polarity.setVisible(bool(shown) or live is not None)
        if shown:
            heading = label(translate("Assessed by officers"), size="small", tone="muted")
            self._list.addWidget(heading)
        for place, line in enumerate(shown):
            if place:
                self._list.addWidget(rule())
            self._list.addWidget(self._tile(line))
        if not shown:
            teaching = translate(
                "Not assessed yet. A risk model is filled in from the records; you answer the rest."
            )
            self._list.addWidget(label(teaching, tone="muted", wrap=True))

    def _add_live(self, live: RiskOfSetting) -> None:
        about = translate("Live, by {model}", model=live.model)
        if live.recorded_on is not None:
            night = words.day(live.recorded_on)
            about = translate("By {model}, recorded on {day}", model=live.model, day=night)
        known = translate("{n}% known", n=live.coverage)
        line = label(words.joined(about, known), size="small", tone="muted", wrap=True)
        self._live.addWidget(line)
        chips = Flow()
        for result in (live.quality, live.contract):
            if result is not None:
                chips.add(RagChip(result.rag, f"{result.title}: {scored(result)}"))
        self._live.addWidget(chips)
        for reason in live.reasons:
            self._live.addWidget(label(reason.text, wrap=True))
            age = aged(reason, self._today())
            if age:
                self._live.addWidget(label(age, size="small", tone="muted", wrap=True))

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
    known = translate("provisional, {n}% checked", n=line.coverage)
    return words.joined(
        words.day(line.assessed_on),
        "" if line.status in FROZEN else translate("in progress"),
        known if line.provisional else "",
    )
