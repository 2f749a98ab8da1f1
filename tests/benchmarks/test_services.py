"""How long a person waits: one answer, the portfolio of a large team. In CPU time, so that a busy
machine does not change the verdict; the time on the clock is printed beside it."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.support.desk.desks import FORM, Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER, write_cqc
from tests.support.forms.answers import best_answers
from tests.support.forms.versions import CURRENT
from visitapp.records import Action, Provider, Rating, Setting, Visit
from visitapp.services.services import Services

ANSWER_MS = 20.0
"""One answer on a form of 90 questions with 90 answers, commit and new outcome included."""

PORTFOLIO_MS = 150.0
"""The rows of 1,000 settings, for a team lead; an officer holds 20 to 60."""


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with open_desk(tmp_path / "desk", Clock(), MemoryKeyring()) as opened:
        yield opened


def measure(name: str, work: Callable[[int], object], times: int) -> float:
    """The least CPU milliseconds of `work`, which a busy machine changes little; warmed up."""
    work(0)
    cpu, clock = [], []
    for number in range(times):
        started = time.process_time(), time.perf_counter()
        work(number)
        cpu.append((time.process_time() - started[0]) * 1000)
        clock.append((time.perf_counter() - started[1]) * 1000)
    said = f"{name}: {min(cpu):.1f} ms CPU, {statistics.median(clock):.1f} ms"
    sys.stdout.write(f"\n{said}\n")
    return min(cpu)


def test_one_answer(services: Services, tmp_path: Path) -> None:
    services.directory.import_file(write_cqc(tmp_path / "cqc.csv"))
    setting = services.settings.add(HEATHER.location_id).setting_id
    visit = services.visits.start(setting, FORM).id
    form = services.visits.form(visit)
    assert len(form.questions) >= 75
    services.visits.answer_all(visit, best_answers(form))
    values = ("met", "partly", "not_met")

    def answer(number: int) -> None:
        services.visits.answer(visit, "referrals", value=values[number % 3], note=f"Note {number}")

    assert measure("one answer", answer, 60) < ANSWER_MS


def test_a_thousand_settings(services: Services) -> None:
    fill(services, 1000)
    assert measure("portfolio rows", lambda n: services.portfolio.rows(), 20) < PORTFOLIO_MS
    measure("portfolio summary", lambda n: services.portfolio.summary(), 20)


def fill(services: Services, settings: int) -> None:
    """Settings with three visits, ratings and actions each."""
    me = services.me().id
    with services.desk.transaction() as session:
        provider = Provider(name="Moorland Homes Ltd")
        session.add(provider)
        session.flush()
        for number in range(settings):
            setting = Setting(name=f"Setting {number}", service_type="residential", officer_id=me)
            setting.provider_id = provider.id
            session.add(setting)
            session.flush()
            for month in (3, 6, 9):
                session.add_all(_past(setting.id, date(2026, month, 1), me, services))


def _past(setting_id: str, day: date, me: str, services: Services) -> list[object]:
    return [
        Visit(
            setting_id=setting_id,
            form_id=FORM,
            form_version=CURRENT,
            purpose="annual",
            visited_on=day,
            officer_id=me,
            status="approved",
        ),
        Visit(
            setting_id=setting_id,
            form_id="kent-ten",
            form_version=CURRENT,
            purpose="risk_assessment",
            visited_on=day,
            officer_id=me,
            status="signed_off",
            outcome={"overall": "amber", "percent": 63, "because": [{"text": "Why."}] * 20},
        ),
        Rating(setting_id=setting_id, rag="green", since=services.desk.clock()),
        Action(setting_id=setting_id, title="Act", first_due_on=day),
    ]
