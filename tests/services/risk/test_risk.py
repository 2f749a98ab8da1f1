"""Risk models: what fills them, who may override it, and what they leave alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from tests.support.desk.desks import Clock, approved_visit, signed_off_visit
from tests.support.directory.cqc import HEATHER, write_cqc
from visitapp.errors import Code, NotFound, Refused
from visitapp.records import Answer, History, Rating, Visit
from visitapp.services.services import Services
from visitapp.services.views.risk import FilledAnswer, RiskAssessment

MODEL = "kent-ten"
BY_HAND = {
    "self_assessment": 80,
    "feedback": "green",
    "hygiene_rating": "5",
    "fire_governance": "green",
    "site_safety": "green",
    "concerns_open": 0,
    "placement_status": "open",
    "manager_change": "in_post",
}


def filled(assessment: RiskAssessment) -> dict[str, FilledAnswer]:
    return {one.question: one for one in assessment.filled}


def test_the_records_fill_what_they_know_and_say_where_from_and_when(
    services: Services, homes: list[str]
) -> None:
    approved_visit(services, homes[0], visited_on=date(2026, 11, 20))
    assessment = services.risk.assess(homes[0], MODEL)
    found = filled(assessment)
    assert {name: one.value for name, one in found.items()} == {
        "regulator_overall": "good",
        "quality_assurance": "green",
    }
    regulator = found["regulator_overall"]
    assert regulator.origin == ("Care Quality Commission, rating: Good, published 29 May 2026.")
    assert regulator.at == date(2026, 5, 29)
    assert "20 Nov 2026" in found["quality_assurance"].origin
    assert assessment.by_hand == [q for q in BY_HAND_ORDER if q not in found]
    assert assessment.outcome.percent == 100
    assert assessment.outcome.provisional


BY_HAND_ORDER = [
    "manager_change",
    "self_assessment",
    "feedback",
    "hygiene_rating",
    "fire_governance",
    "site_safety",
    "concerns_open",
    "placement_status",
]


def test_overdue_actions_are_counted_on_the_day(
    services: Services, homes: list[str], clock: Clock
) -> None:
    today = services.desk.today()
    for days in (-2, -1, 0, 5):
        services.actions.add(None, homes[0], "Mend the bells", today + timedelta(days=days))
    done = services.actions.add(None, homes[0], "Mend the door", today - timedelta(days=3))
    services.actions.update(done.id, status="done")
    services.actions.add(None, homes[1], "Mend the roof", today - timedelta(days=3))
    overdue = filled(services.risk.assess(homes[0], "twelve-factor"))["actions_overdue"]
    assert (overdue.value, overdue.at) == (2, today)
    clock.move_to(today + timedelta(days=30))
    later = filled(services.risk.assess(homes[0], "twelve-factor"))["actions_overdue"]
    assert later.value == 4


def test_a_setting_that_was_never_visited_is_unrated_with_the_reason(
    services: Services, homes: list[str]
) -> None:
    assessment = services.risk.assess(homes[0], MODEL)
    assert filled(assessment)["quality_assurance"].value == "unrated"
    answers = services.visits.answers(assessment.id)
    assert answers["quality_assurance"] == {
        "value": "unrated",
        "reason": "No visit has been rated yet.",
    }
    assert "manager_change" in assessment.by_hand


def test_a_manager_found_partly_in_charge_is_left_to_the_officer(
    services: Services, homes: list[str]
) -> None:
    absent = {"value": "not_met", "note": "Nobody since June."}
    signed_off_visit(services, homes[0], visited_on=date(2026, 10, 1), registered_manager=absent)
    partly = {"value": "partly", "note": "A named interim."}
    signed_off_visit(services, homes[0], visited_on=date(2026, 11, 1), registered_manager=partly)
    assert "manager_change" not in filled(services.risk.assess(homes[0], MODEL))


@pytest.mark.parametrize("model", ["kent-ten", "early-warning", "twelve-factor"])
def test_a_manager_who_was_there_that_day_fills_nothing(
    services: Services, homes: list[str], model: str
) -> None:
    """Paper 003, criterion 2, is a change of owner or manager, which one visit cannot show."""
    signed_off_visit(services, homes[0])
    found = filled(services.risk.assess(homes[0], model))
    assert not {"manager_change", "manager_vacant"} & found.keys()


@pytest.mark.parametrize(
    ("model", "question"), [("kent-ten", "placement_status"), ("early-warning", "embargo")]
)
def test_the_position_on_placements_is_never_filled_from_the_colour_of_a_visit(
    services: Services, homes: list[str], model: str, question: str
) -> None:
    late = {"value": "not_met", "note": "Two of five."}
    signed_off_visit(services, homes[0], referrals=late)
    assert question in services.risk.assess(homes[0], model).by_hand


def test_a_vacant_post_holds_the_setting_at_amber(services: Services, homes: list[str]) -> None:
    absent = {"value": "not_met", "note": "Nobody since June."}
    signed_off_visit(services, homes[0], registered_manager=absent)
    assessment = services.risk.assess(homes[0], "early-warning")
    assert filled(assessment)["manager_vacant"].value == "vacant"
    held = assessment.outcome.because + assessment.outcome.also
    assert any(one.question == "manager_vacant" and one.to == "amber" for one in held)


def test_the_newer_of_directory_and_record_speaks(services: Services, homes: list[str]) -> None:
    folder = services.directory.path.parent
    newer = HEATHER._replace(overall="Inadequate")
    services.directory.import_file(write_cqc(folder / "newer.csv", [newer]))
    assert filled(services.risk.assess(homes[0], MODEL))["regulator_overall"].value == "inadequate"


def test_an_override_needs_a_reason_and_changes_nothing_without_one(
    services: Services, homes: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        services.risk.assess(homes[0], MODEL, overrides={"regulator_overall": "inadequate"})
    assert refused.value.code == Code.BAD_VALUE
    assert services.risk.list() == []


def test_an_override_and_what_the_records_said_are_both_kept(
    services: Services, homes: list[str], clock: Clock
) -> None:
    reason = "The rating is from before the new owner came."
    assessment = services.risk.assess(
        homes[0], MODEL, overrides={"regulator_overall": "requires_improvement"}, reason=reason
    )
    (override,) = assessment.overridden
    assert (override.value, override.reason) == ("requires_improvement", reason)
    assert override.filled.value == "good"
    assert filled(assessment)["regulator_overall"] == override.filled
    clock.move_to(date(2026, 12, 1))
    again = services.risk.assess(homes[0], MODEL, answers=BY_HAND)
    assert again.id == assessment.id
    assert again.overridden == assessment.overridden
    signed = services.risk.sign_off(assessment.id)
    assert signed.overridden == assessment.overridden
    assert services.risk.view(assessment.id) == signed


def test_the_reason_goes_only_to_what_differs_from_the_records(
    services: Services, homes: list[str]
) -> None:
    assessment = services.risk.assess(
        homes[0],
        MODEL,
        answers={"self_assessment": 80, "regulator_overall": "good"},
        overrides={"quality_assurance": "green"},
        reason="Seen by the health board.",
    )
    answers = services.visits.view(assessment.id).answers
    reasons = {name: answer.reason for name, answer in answers.items() if answer.reason}
    assert reasons == {"quality_assurance": "Seen by the health board."}


@pytest.mark.parametrize("reason", [None, "", "  ", "No visit has been rated yet."])
def test_no_other_way_round_the_reason(
    services: Services, homes: list[str], reason: str | None
) -> None:
    """Blanks are none, and the reason that the records gave is not an officer's."""
    assessment = services.risk.assess(homes[0], MODEL, answers=BY_HAND)
    saved = services.visits.answer(assessment.id, "quality_assurance", value="green", reason=reason)
    lacking = [one for one in saved.needs if one.question == "quality_assurance"]
    assert [one.what for one in lacking] == ["reason"]
    assert services.visits.view(assessment.id).needs == saved.needs
    with pytest.raises(Refused) as refused:
        services.risk.sign_off(assessment.id)
    assert refused.value.code == Code.VISIT_INCOMPLETE
    with pytest.raises(Refused):
        services.visits.answer(assessment.id, "quality_assurance", value=None, reason="Unknown.")
    services.visits.answer(
        assessment.id, "quality_assurance", value="green", reason="Seen by the health board."
    )
    assert services.risk.view(assessment.id).overridden[0].filled.value == "unrated"


def test_what_was_answered_by_hand_is_not_lost_when_a_record_comes(
    services: Services, homes: list[str]
) -> None:
    services.risk.assess(homes[0], MODEL, answers=BY_HAND)
    absent = {"value": "not_met", "note": "Nobody since June."}
    signed_off_visit(services, homes[0], registered_manager=absent)
    assessment = services.risk.assess(homes[0], MODEL)
    (override,) = assessment.overridden
    assert (override.value, override.filled.value, override.reason) == ("in_post", "vacant", "")
    with pytest.raises(Refused) as refused:
        services.risk.sign_off(assessment.id)
    assert refused.value.code == Code.VISIT_INCOMPLETE
    assert "needs a reason" in str(refused.value)
    services.visits.answer(assessment.id, "manager_change", reason="She began on Monday.")
    assert services.risk.sign_off(assessment.id).status == "signed_off"


def test_a_record_that_changes_changes_the_answer_that_it_filled(
    services: Services, homes: list[str]
) -> None:
    assert filled(services.risk.assess(homes[0], MODEL))["quality_assurance"].value == "unrated"
    late = {"value": "not_met", "note": "Two of five."}
    signed_off_visit(services, homes[0], referrals=late)
    assessment = services.risk.assess(homes[0], MODEL)
    assert services.visits.answers(assessment.id)["quality_assurance"] == {"value": "red"}
    with services.desk.reading() as session:
        changes = session.scalars(select(History).where(History.kind == "answer")).all()
    assert ("unrated", "red") in {(one.old, one.new) for one in changes if one.field == "value"}


def test_an_assessment_is_no_visit(services: Services, homes: list[str]) -> None:
    before = services.portfolio.rows()
    assessment = services.risk.assess(homes[0], MODEL, answers=BY_HAND)
    assert services.portfolio.rows() == before
    services.risk.sign_off(assessment.id)
    rows = services.portfolio.rows()
    assert [replace(row, risk_rag="", risk_percent=None, risk_on=None) for row in rows] == before
    assert services.visits.list() == []
    assert services.reviews.queue().waiting == []
    assert services.settings.view(homes[0]).visits == []
    assert services.settings.view(homes[0]).points == []
    with services.desk.reading() as session:
        assert session.scalars(select(Rating)).all() == []
    with pytest.raises(Refused):
        services.reviews.return_(assessment.id, "Look again.")
    visit = services.visits.start(homes[0], "residential-quality")
    assert visit.previous_rag == "unrated"
    assert services.visits.view(visit.id).previous_visit_on is None


def test_the_next_assessment_starts_afresh_once_one_is_signed(
    services: Services, homes: list[str], clock: Clock
) -> None:
    first = services.risk.assess(homes[0], MODEL, answers=BY_HAND)
    assert services.risk.sign_off(first.id).outcome == first.outcome
    clock.move_to(date(2027, 1, 10))
    second = services.risk.assess(homes[0], MODEL)
    other = services.risk.assess(homes[1], MODEL)
    assert second.id != first.id
    assert [line.id for line in services.risk.list(homes[0])] == [second.id, first.id]
    lines = {line.id: line for line in services.risk.list()}
    assert lines.keys() == {first.id, second.id, other.id}
    assert (lines[first.id].status, lines[first.id].percent) == ("signed_off", 100)
    assert (lines[second.id].status, lines[second.id].assessed_on) == ("draft", date(2027, 1, 10))


def test_the_number_of_a_question_may_be_typed(services: Services, homes: list[str]) -> None:
    assessment = services.risk.assess(
        homes[0], MODEL, answers={"concerns_open": "2", "self_assessment": "62.5"}
    )
    answers = services.visits.answers(assessment.id)
    assert (answers["concerns_open"], answers["self_assessment"]) == (
        {"value": 2},
        {"value": 62.5},
    )


@pytest.mark.parametrize(
    "answers",
    [{"concerns_open": "many"}, {"concerns_open": "nan"}, {"feedback": "blue"}, {"weather": "x"}],
)
def test_an_answer_that_the_model_cannot_take_is_refused_whole(
    services: Services, homes: list[str], answers: dict[str, str]
) -> None:
    with pytest.raises(Refused):
        services.risk.assess(homes[0], MODEL, answers={"feedback": "green", **answers})
    assert services.risk.list() == []


def test_what_is_not_there_is_said(services: Services, homes: list[str], visit_id: str) -> None:
    with pytest.raises(Refused):
        services.risk.assess(homes[0], "residential-quality")
    for ask in (
        lambda: services.risk.assess(homes[0], "no-such-model"),
        lambda: services.risk.assess("no-such-setting", MODEL),
        lambda: services.risk.view(visit_id),
        lambda: services.risk.list("no-such-setting"),
    ):
        with pytest.raises(NotFound):
            ask()
    with pytest.raises(Refused):
        services.visits.start(homes[0], "residential-quality", "risk_assessment")


def test_a_mark_that_another_program_spoiled_is_no_mark(
    services: Services, homes: list[str]
) -> None:
    assessment = services.risk.assess(homes[0], MODEL)
    with services.desk.transaction() as session:
        row = session.scalars(
            select(Answer)
            .join(Visit, Visit.id == Answer.visit_id)
            .where(Visit.id == assessment.id, Answer.question == "regulator_overall")
        ).one()
        row.source = {"value": {"deep": []}}
    assert "regulator_overall" not in filled(services.risk.view(assessment.id))
    assert "regulator_overall" in filled(services.risk.assess(homes[0], MODEL))
