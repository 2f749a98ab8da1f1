"""How long a person waits: one answer, the portfolio of a large team."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.support.benchmarks.figures import Figure, by_clock_and_processor, ratios
from tests.support.benchmarks.many_settings import fill, fill_due
from tests.support.desk.desks import FORM, Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER, write_cqc
from tests.support.forms.answers import best_answers
from visitapp.records import Setting, Visit
from visitapp.services.services import Services


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with open_desk(tmp_path / "desk", Clock(), MemoryKeyring()) as opened:
        yield opened


def measure(name: str, runs: int, work: Callable[[], object], target: float) -> Figure:
    """The median milliseconds of 20, by the clock and then of a processor."""
    clock, processor = (
        [seconds * 1000 for seconds in took] for (took,) in by_clock_and_processor(runs, [work], 20)
    )
    return Figure(name, "ms", clock, processor, target)


def test_one_answer(services: Services, tmp_path: Path, runs: int, figures: list[Figure]) -> None:
    """On a form of 90 questions with 90 answers, commit and new outcome included."""
    services.directory.import_file(write_cqc(tmp_path / "cqc.csv"))
    setting = services.settings.add(HEATHER.location_id).setting_id
    visit = services.visits.start(setting, FORM).id
    form = services.visits.form(visit)
    assert len(form.questions) >= 75
    services.visits.answer_all(visit, best_answers(form))
    values = [("met", "partly", "not_met")[number % 3] for number in range(3000)]

    def answer() -> None:
        value = values.pop()
        services.visits.answer(visit, "referrals", value=value, note=f"Note {len(values)}")

    figures.append(measure("one answer", runs, answer, 20))


def test_a_thousand_settings(services: Services, runs: int, figures: list[Figure]) -> None:
    """The rows of a team lead; an officer holds 20 to 60."""
    fill(services, 1000)
    figures.append(measure("1,000 rows of settings", runs, services.portfolio.rows, 150))
    figures.append(measure("summary of 1,000 settings", runs, services.portfolio.summary, 0))


def test_what_5000_settings_are_due(services: Services, runs: int, figures: list[Figure]) -> None:
    """Every rule with its reason and its plan, beside a bare query for the last visits."""
    fill_due(services, 5000)
    last = (
        select(Setting.id, Setting.name, Setting.officer_id, func.max(Visit.visited_on))
        .outerjoin(Visit, Visit.setting_id == Setting.id)
        .group_by(Setting.id)
    )

    def bare() -> object:
        with services.desk.reading() as session:
            return session.execute(last).all()

    assert len(services.planning.due()) > 5000
    works = [services.planning.due, bare]
    clock, processor = by_clock_and_processor(runs, works, 5)
    in_ms = [[seconds * 1000 for seconds in took[0]] for took in (clock, processor)]
    figures.append(Figure("visits due of 5,000 settings", "ms", *in_ms, 1000))
    name = "visits due of 5,000 settings, to a bare query"
    figures.append(Figure(name, "x", ratios(*clock), ratios(*processor)))
