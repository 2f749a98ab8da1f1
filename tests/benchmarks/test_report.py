"""How long the paper takes: the report of a whole residential visit, against bare reportlab."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random

from reportlab.platypus import Paragraph, SimpleDocTemplate

from forms.catalogue.catalogue import shipped
from tests.support.benchmarks.figures import Figure, in_turns, ratios
from tests.support.paper.visit_views import make_view
from visitapp.demo.council.answers import Pen
from visitapp.reports.paper.styles import BODY
from visitapp.reports.visit.report import write_visit_report
from visitapp.services.views.visits import VisitView

FORM = shipped().form("residential-quality")
PRINTED_AT = datetime(2026, 11, 22, 17, 5, tzinfo=UTC)


def full_visit() -> VisitView:
    facts = {"service_type": "residential"}
    return make_view(FORM, Pen(Random(4), 0.8, frozenset({"safeguarding"})).fill(FORM, facts))


def test_residential_report(tmp_path: Path, runs: int, figures: list[Figure]) -> None:
    """The floor: as many paragraphs as the report has questions, with nothing around them."""
    view = full_visit()

    def report() -> None:
        write_visit_report(view, FORM, tmp_path / "report.pdf", printed_at=PRINTED_AT)

    def bare() -> None:
        asks = [Paragraph(question.ask, BODY) for question in FORM.questions.values()]
        SimpleDocTemplate(BytesIO()).build(asks)

    ours, floor = in_turns(runs, time.process_time, [report, bare], 5)
    figures.append(Figure("report of a visit", "s", ours, ours, 1))
    figures.append(Figure("report of a visit, to bare reportlab", "x", ratios(ours, floor)))
