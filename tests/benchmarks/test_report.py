"""How long the paper takes: the report of a whole residential visit, against bare reportlab."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from random import Random

from pytest_benchmark.fixture import BenchmarkFixture
from reportlab.platypus import Paragraph, SimpleDocTemplate

from forms.catalogue.catalogue import shipped
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


def test_residential_report(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    view = full_visit()
    out = tmp_path / "report.pdf"
    write_visit_report(view, FORM, out, printed_at=PRINTED_AT)
    benchmark(write_visit_report, view, FORM, out, printed_at=PRINTED_AT)
    assert benchmark.stats["mean"] < 1


def test_bare_reportlab_floor(benchmark: BenchmarkFixture) -> None:
    """The same number of paragraphs as the report has questions, with nothing around them."""

    def build() -> None:
        asks = [Paragraph(question.ask, BODY) for question in FORM.questions.values()]
        SimpleDocTemplate(BytesIO()).build(asks)

    benchmark(build)
