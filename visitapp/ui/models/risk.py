"""The columns of a list of risk assessments."""

from __future__ import annotations

from visitapp.services.risk_views import RiskLine
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column
from visitapp.ui.words import say


def risk_columns() -> list[Column]:
    """Model, day, outcome, score, status."""
    return [
        Column(say("Risk model"), _model, share=34),
        Column(say("Assessed on"), lambda line: Cell(words.day(line.assessed_on)), share=14),
        Column(say("Outcome"), lambda line: Cell(words.rag_word(line.rag), rag=line.rag), share=16),
        Column(say("Score (higher is lower risk)"), _score, share=22),
        Column(say("Status"), _status, share=14),
    ]


def _model(line: RiskLine) -> Cell:
    version = say("{form}, version {version}")
    return Cell(line.title, version.format(form=line.model.id, version=line.model.version))


def _score(line: RiskLine) -> Cell:
    known = say("{n}% answered").format(n=line.coverage)
    if line.percent is None:
        return Cell(say("No score"), known)
    return Cell(say("{n} of 100").format(n=line.percent), known)


def _status(line: RiskLine) -> Cell:
    tone = "amber" if line.status in ("draft", "returned") else ""
    return Cell(words.visit_status(line.status), tone=tone)
