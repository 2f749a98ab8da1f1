"""Live risk: what counts, the order, why a setting stands where it does, what moved it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock
from visitapp.errors import NotFound
from visitapp.records import Outbox, RiskScore, Role, Setting, Visit
from visitapp.services.risk.words import move_text
from visitapp.services.services import Services
from visitapp.services.views.risk import RankedRisk, RiskInput
from visitapp.standing.placements import NOBODY
from visitapp.standing.risk.live import live_risks
from visitapp.standing.risk.scores import score_values

MODEL = "twelve-factor"
SOUND = {
    **dict.fromkeys(
        (
            *("council_share", "accounts_risk", "ownership_risk", "price_pressure"),
            *("staff_capability", "policies_risk", "insurance_risk", "care_act_duties"),
            *("care_planning_risk", "continuity_risk", "own_audits", "equipment_risk"),
            *("infection_risk", "medicines_risk", "feedback_people", "feedback_professionals"),
        ),
        "low",
    ),
    "occupancy": 95,
    "turnover": 5,
    "vacancies": 2,
    "agency_use": 1,
    "mandatory_training": 99,
}


def sound(services: Services, setting: str, **worse: object) -> None:
    services.risk.assess(setting, MODEL, answers=SOUND | worse)


def rated_good(services: Services, setting: str) -> None:
    """As the directory has it, one of the two homes is Inadequate."""
    with services.desk.transaction() as session:
        found = session.get_one(Setting, setting)
        found.regulator_overall, found.regulator_published = "Good", date(2026, 11, 1)


def row_of(services: Services, setting: str, by: str = "quality") -> RankedRisk:
    return next(one for one in services.risk_ranking.rows(by) if one.setting_id == setting)


def input_of(services: Services, setting: str, question: str) -> RiskInput:
    inputs = services.risk_ranking.view(setting).inputs
    return next(one for own in inputs.values() for one in own if one.question == question)


def keep_as_of(services: Services, setting: str, day: date) -> None:
    """Record the risk of now as the server would have done on a day."""
    desk = services.desk
    with desk.database.applying() as session:
        rules = desk.policy(session).risk
        found = live_risks(
            session, desk.directory, desk.library.form, rules, desk.today(), [setting]
        )
        values = score_values(found[setting])
        made = {"created_by": NOBODY, "created_at": desk.clock(), "revision": 1}
        session.add(
            RiskScore(setting_id=setting, scored_on=day, policy_version="1", **made, **values)
        )


def test_the_riskiest_is_first_and_what_is_not_known_enough_has_no_place(
    services: Services, homes: list[str]
) -> None:
    rated_good(services, homes[1])
    sound(services, homes[1])
    heather, larch = row_of(services, homes[0]), row_of(services, homes[1])
    assert (heather.rank, heather.quality.level) == (None, "Not enough known")
    assert (larch.rank, larch.quality.rag) == (1, "green")
    sound(services, homes[0], medicines_risk="high", care_planning_risk="high")
    first, second = services.risk_ranking.rows()
    assert (first.setting_id, first.rank) == (homes[0], 1)
    assert (second.setting_id, second.rank) == (homes[1], 2)
    assert any("How safe is medicines support? High" in one for one in first.reasons)


def test_quality_and_contract_risk_are_ranked_apart(services: Services, homes: list[str]) -> None:
    rated_good(services, homes[1])
    sound(services, homes[0], medicines_risk="high")
    sound(services, homes[1], accounts_risk="high", price_pressure="high")
    by_quality, by_contract = (services.risk_ranking.rows(by) for by in ("quality", "contract"))
    assert [one.setting_id for one in by_quality] == [homes[0], homes[1]]
    assert [one.setting_id for one in by_contract] == [homes[1], homes[0]]
    assert "How sound is the provider's business? High" in by_contract[0].reasons[0]
    assert by_contract[0].contract is not None
    assert by_contract[0].contract.title == "Contract risk"


def test_an_answer_that_limits_the_result_is_the_first_reason(
    services: Services, homes: list[str]
) -> None:
    sound(services, homes[0])
    with services.desk.transaction() as session:
        setting = session.get_one(Setting, homes[0])
        setting.regulator_overall, setting.regulator_published = "Inadequate", date(2026, 11, 1)
    row = row_of(services, homes[0])
    assert row.quality.rag == "red"
    assert row.reasons[0] == (
        "Care Quality Commission, rating: Inadequate, published 1 Nov 2026 (limits the result)"
    )
    assert row.contract is not None
    assert row.contract.rag == "green", "a regulator's rating is no contract risk"


def test_looking_records_nothing(services: Services, homes: list[str]) -> None:
    with services.desk.reading() as session:
        before = session.query(Outbox).count()
    services.risk_ranking.rows()
    services.risk_ranking.view(homes[0])
    with services.desk.reading() as session:
        assert session.query(Outbox).count() == before
        assert session.query(RiskScore).count() == 0
        assert session.query(Visit).filter_by(purpose="risk_assessment").count() == 0


def test_an_answer_by_hand_counts_for_six_months_and_then_is_not_known(
    services: Services, homes: list[str], clock: Clock
) -> None:
    sound(services, homes[0])
    assert input_of(services, homes[0], "turnover").origin.startswith("Answered by hand on ")
    clock.move_to(services.desk.today() + timedelta(days=200))
    row, stale = row_of(services, homes[0]), input_of(services, homes[0], "turnover")
    assert row.rank is None
    assert row.stale == len(SOUND)
    assert stale.stale
    assert "too long ago to count" in stale.origin


def test_looking_at_an_assessment_again_makes_its_answers_no_younger(
    services: Services, homes: list[str], clock: Clock
) -> None:
    sound(services, homes[0])
    clock.move_to(services.desk.today() + timedelta(days=200))
    services.risk.assess(homes[0], MODEL)
    assert input_of(services, homes[0], "turnover").stale


def test_an_override_stands_while_the_records_say_the_same(
    services: Services, homes: list[str]
) -> None:
    question = "regulator_overall"
    services.risk.assess(
        homes[0], MODEL, overrides={question: "inadequate"}, reason="Warned by phone"
    )
    overridden = input_of(services, homes[0], question)
    assert overridden.answer == "Inadequate"
    assert "Warned by phone" in overridden.origin
    assert "Good" in overridden.origin, "both are shown"
    with services.desk.transaction() as session:
        setting = session.get_one(Setting, homes[0])
        setting.regulator_overall = "Outstanding"
        setting.regulator_published = date(2026, 11, 20)
    assert input_of(services, homes[0], question).answer == "Outstanding"


def test_a_move_since_last_week_has_its_reason(services: Services, homes: list[str]) -> None:
    rated_good(services, homes[1])
    for home in homes:
        sound(services, home)
    sound(services, homes[1], medicines_risk="high")
    week_ago = services.desk.today() - timedelta(days=8)
    for home in homes:
        keep_as_of(services, home, week_ago)
    assert [move_text(row_of(services, home)) for home in homes] == ["no move", "no move"]
    sound(services, homes[0], medicines_risk="high", care_planning_risk="high")
    up, down = row_of(services, homes[0]), row_of(services, homes[1])
    assert (up.rank, up.rank_before, up.moved) == (1, 2, 1)
    assert move_text(up) == "▲ up 1"
    assert "How safe is medicines support? Low → High" in up.moved_by
    assert (move_text(down), down.moved_by) == ("▼ down 1", [])


def test_without_a_record_of_last_week_nothing_moved(services: Services, homes: list[str]) -> None:
    sound(services, homes[0])
    keep_as_of(services, homes[0], services.desk.today() - timedelta(days=3))
    row = row_of(services, homes[0])
    assert (row.moved, row.moved_by, move_text(row)) == (None, [], "")


def test_a_managers_device_shows_what_the_server_recorded(
    services: Services, homes: list[str]
) -> None:
    sound(services, homes[0], medicines_risk="high")
    night = services.desk.today() - timedelta(days=1)
    expected = row_of(services, homes[0])
    keep_as_of(services, homes[0], night)
    bring(services, mo=Role.MANAGER)
    become(services, "mo")
    (row,) = services.risk_ranking.rows()
    assert (row.recorded_on, row.quality) == (night, expected.quality)
    assert services.risk_ranking.view(homes[0]).row.recorded_on == night


def test_a_service_type_without_a_model_is_not_ranked(services: Services, homes: list[str]) -> None:
    with services.desk.transaction() as session:
        session.get_one(Setting, homes[0]).status = "closed"
    assert [one.setting_id for one in services.risk_ranking.rows()] == [homes[1]]
    with pytest.raises(NotFound, match="No risk model runs for"):
        services.risk_ranking.view(homes[0])


def test_only_the_settings_of_an_officer_with_their_places_among_all(
    services: Services, homes: list[str]
) -> None:
    for home in homes:
        sound(services, home)
    assert len(services.risk_ranking.rows(officer=services.me().name)) == 2
    with pytest.raises(NotFound, match="no user nobody"):
        services.risk_ranking.rows(officer="nobody")
