"""The columns of a list of risk assessments."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.services.views.risk import RiskLine
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column, in_file


def risk_columns() -> list[Column]:
    """Model, day, outcome, score, status."""
    return [
        Column(translate("Risk model"), _model, share=34),
        Column(
            translate("Assessed on"),
            lambda line: Cell(words.day(line.assessed_on)),
            share=14,
            yields=2,
            value=lambda line: line.assessed_on,
        ),
        Column(translate("Outcome"), _outcome, share=16),
        Column(
            translate("Score (higher is lower risk)"),
            _score,
            share=22,
            value=lambda line: line.percent,
        ),
        in_file(translate("Checked, per cent"), lambda line: line.coverage),
        Column(translate("Status"), _status, share=14, yields=1),
    ]


def _model(line: RiskLine) -> Cell:
    version = translate("version {version}", version=line.model.version)
    return Cell(line.title, words.joined(version, results_text(line)))


def results_text(line: RiskLine) -> str:
    """`Quality: Medium (Amber), Contract: Low (Green)`; nothing for a model of one result."""
    return ", ".join(f"{one.title}: {words.graded(one.rag, one.level)}" for one in line.results)


def _outcome(line: RiskLine) -> Cell:
    return Cell(line.level or words.rag_word(line.rag), rag=line.rag)


def _score(line: RiskLine) -> Cell:
    known = translate("{n}% checked", n=line.coverage)
    if line.percent is None:
        return Cell(translate("No score"), known)
    return Cell(translate("{n} of 100", n=line.percent), known)


def _status(line: RiskLine) -> Cell:
    tone = "amber" if line.status in ("draft", "returned") else ""
    return Cell(words.visit_status(line.status), tone=tone)
