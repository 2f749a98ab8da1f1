"""Live risk of a council's settings, by every model that ships."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from forms import rate
from tests.services.risk.test_ranking import SOUND
from tests.support.benchmarks.figures import Figure, by_clock_and_processor, ratios
from tests.support.benchmarks.many_settings import fill
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.forms.versions import UNCHANGED
from visitapp.records import Answer, Setting, Visit, new_id
from visitapp.records.ids import answer_id
from visitapp.rules.policy.visiting import RiskModel, RiskRules
from visitapp.services.services import Services
from visitapp.standing.risk.live import LiveRisk, live_risks

MODELS = ("twelve-factor", "kent-ten", "early-warning")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with open_desk(tmp_path / "desk", Clock(), MemoryKeyring()) as opened:
        yield opened


def fill_by_hand(services: Services) -> None:
    """An assessment of every setting with the answers that no record gives."""
    made = {"created_at": services.desk.clock(), "created_by": services.me().id}
    with services.desk.database.applying() as session:
        visits, answers = [], []
        for setting_id in session.scalars(select(Setting.id)).all():
            visit = {"id": new_id(), "setting_id": setting_id, **made}
            about = {"form_id": MODELS[0], "form_version": UNCHANGED, "purpose": "risk_assessment"}
            visits.append(
                visit
                | about
                | {"visited_on": services.desk.today(), "officer_id": made["created_by"]}
            )
            for question, value in SOUND.items():
                answer = {"id": answer_id(visit["id"], question), "visit_id": visit["id"]}
                asked = {"setting_id": setting_id, "question": question, "value": value}
                answers.append(answer | asked | made)
        session.execute(insert(Visit), visits)
        session.execute(insert(Answer), answers)


def test_the_risk_of_a_thousand_settings_by_every_model(
    services: Services, runs: int, figures: list[Figure]
) -> None:
    """Beside the bare rating of the same answers."""
    fill(services, 1000)
    fill_by_hand(services)
    desk = services.desk

    def by_all() -> list[LiveRisk]:
        found: list[LiveRisk] = []
        with desk.reading() as session:
            for model in MODELS:
                rules = RiskRules(
                    models=(RiskModel(model=model),), hand_answer_months=6, coverage_floor=40
                )
                risks = live_risks(session, desk.directory, desk.library.form, rules, desk.today())
                found += risks.values()
        return found

    told = [
        (one.form, {name: {"value": value} for name, value in one.answers().items()})
        for one in by_all()
    ]
    assert len(told) == 3000

    def bare() -> None:
        for form, answers in told:
            rate(form, answers, {}, hopes=False)

    works = [by_all, bare, services.risk_ranking.rows]
    clock, processor = by_clock_and_processor(runs, works, 3)
    for place, (name, target) in enumerate(
        (
            ("risk of 1,000 settings by all models", 2000),
            ("the same, rating alone", 0),
            ("the ranking of 1,000 settings", 0),
        )
    ):
        in_ms = [[seconds * 1000 for seconds in took[place]] for took in (clock, processor)]
        figures.append(Figure(name, "ms", *in_ms, target))
    name = "risk by all models, to rating alone"
    figures.append(Figure(name, "x", ratios(*clock[:2]), ratios(*processor[:2])))
