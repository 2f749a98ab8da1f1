"""The portfolio: rows, filters, order, summary, and that it stays fast."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.desk.desks import FORM, START, Clock, approved_visit, signed_off_visit
from tests.support.desk.made import a_rating
from tests.support.forms.answers import best_answers
from tests.support.forms.versions import CURRENT
from tests.support.storage.statements import asked_of
from visitapp.records import Action, Provider, Setting, Visit, new_id
from visitapp.services.services import Services
from visitapp.services.views.settings import PortfolioRow

TODAY = START.date()
NOT_MET = {"value": "not_met", "note": "Two of five were not referred."}


def row(services: Services, name: str) -> PortfolioRow:
    return next(row for row in services.portfolio.rows() if row.name == name)


def test_a_setting_never_visited(services: Services, homes: list[str]) -> None:
    heather = row(services, "Heather Bank")
    assert (heather.rag, heather.placements) == ("unrated", "Not yet assessed")
    assert (heather.last_visit, heather.last_visit_id, heather.rag_since) == (None, None, None)
    assert heather.next_due == TODAY + timedelta(days=28)
    assert not heather.needs_attention


def test_a_red_visit_closes_placements_and_brings_the_next_near(
    services: Services, homes: list[str]
) -> None:
    visit = signed_off_visit(services, homes[0], referrals=NOT_MET).summary.id
    heather = row(services, "Heather Bank")
    assert (heather.rag, heather.placements) == ("red", "Closed to new")
    assert (heather.last_visit, heather.last_visit_id) == (TODAY, visit)
    assert heather.next_visit is not None
    assert heather.next_visit.rule == "red_follow_up"
    assert (heather.next_due, heather.rag_since) == (date(2026, 12, 4), TODAY)
    assert heather.needs_attention


def test_the_latest_rating_stands_and_the_latest_visit_counts(
    services: Services, homes: list[str], clock: Clock
) -> None:
    signed_off_visit(services, homes[0], referrals=NOT_MET)
    clock.move_to(date(2027, 2, 1))
    approved_visit(services, homes[0])
    draft = services.visits.start(homes[0], FORM).id
    heather = row(services, "Heather Bank")
    assert (heather.rag, heather.last_visit) == ("green", date(2027, 2, 1))
    assert heather.next_due == date(2028, 2, 1)
    assert heather.draft_visit_id == draft


def signed_off_on(
    services: Services, setting_id: str, form_id: str, purpose: str, day: date, **answers: object
) -> None:
    """A visit on another form than the quality one, at its best but for `answers`."""
    visit = services.visits.start(setting_id, form_id, purpose=purpose, visited_on=day)
    services.visits.answer_all(
        visit.id, {**best_answers(services.visits.form(visit.id)), **answers}
    )
    services.visits.sign_off(visit.id)


def test_only_a_quality_visit_moves_the_annual_date(
    services: Services, homes: list[str], clock: Clock
) -> None:
    """A themed audit, checkers and a contract review are visits, and no annual review."""
    approved_visit(services, homes[0])
    clock.move_to(date(2027, 6, 1))
    for form_id, purpose in (
        ("medicines-audit", "themed"),
        ("quality-checkers", "themed"),
        ("contract-review", "contract_review"),
    ):
        signed_off_on(services, homes[0], form_id, purpose, date(2027, 6, 1))
        signed_off_on(services, homes[1], form_id, purpose, date(2027, 6, 1))
    heather, larch = row(services, "Heather Bank"), row(services, "Larch Nursing Home")
    assert (heather.last_visit, heather.last_quality_visit) == (date(2027, 6, 1), TODAY)
    assert heather.next_due == date(2027, 11, 22)
    assert (larch.last_visit, larch.last_quality_visit) == (date(2027, 6, 1), None)
    assert larch.next_due == TODAY + timedelta(days=28)


def test_a_joint_visit_moves_the_annual_date(services: Services, homes: list[str]) -> None:
    signed_off_on(services, homes[0], "joint-assurance", "joint", TODAY)
    assert row(services, "Heather Bank").next_due == date(2027, 11, 22)


def test_each_purpose_has_a_clock_of_its_own(
    services: Services, homes: list[str], clock: Clock
) -> None:
    approved_visit(services, homes[0])
    clock.move_to(date(2027, 2, 1))
    signed_off_on(services, homes[0], "contract-review", "contract_review", date(2027, 1, 20))
    signed_off_on(services, homes[0], "medicines-audit", "themed", date(2027, 2, 1))
    annual, review = services.settings.view(homes[0]).dues
    assert (review.purpose, review.since) == ("contract_review", date(2027, 1, 20))
    assert review.due_on == date(2028, 1, 20)
    assert annual.due_on == date(2027, 11, 22)
    assert row(services, "Heather Bank").next_due == date(2027, 11, 22)


def test_an_intervention_is_monthly_until_the_setting_is_green(
    services: Services, homes: list[str], clock: Clock
) -> None:
    signed_off_visit(services, homes[0], referrals=NOT_MET)
    signed_off_on(
        services, homes[0], "intervention-visit", "intervention", TODAY, referrals=NOT_MET
    )
    dues = [(due.rule, due.due_on) for due in services.settings.view(homes[0]).dues]
    assert dues == [
        ("red_follow_up", date(2026, 12, 4)),
        ("intervention", date(2026, 12, 22)),
        ("red_intervention", date(2027, 5, 23)),
        ("yearly", date(2027, 11, 22)),
    ]
    clock.move_to(date(2027, 2, 1))
    approved_visit(services, homes[0])
    assert [due.rule for due in services.settings.view(homes[0]).dues] == ["yearly"]


def test_actions_are_counted_while_something_is_left_to_do(
    services: Services, homes: list[str], clock: Clock
) -> None:
    services.actions.add(None, homes[0], "One", date(2026, 12, 1))
    services.actions.add(None, homes[0], "Two", date(2027, 12, 1))
    done = services.actions.add(None, homes[0], "Three", date(2026, 12, 1)).id
    services.actions.update(done, status="done")
    clock.move_to(date(2026, 12, 2))
    heather = row(services, "Heather Bank")
    assert (heather.open_actions, heather.overdue_actions) == (2, 1)
    assert heather.needs_attention
    larch = row(services, "Larch Nursing Home")
    assert (larch.open_actions, larch.overdue_actions) == (0, 0)


@pytest.mark.parametrize(
    "text", ["heather", "zz1 1aa", "1-900001", "bank moorland", "  HEATHER   bank "]
)
def test_it_is_searched_by_every_word(services: Services, homes: list[str], text: str) -> None:
    assert [row.name for row in services.portfolio.rows(text=text)] == ["Heather Bank"]


@pytest.mark.parametrize("text", ["heather larch", "%", "_", "zzz"])
def test_what_nothing_holds_finds_nothing(services: Services, homes: list[str], text: str) -> None:
    assert services.portfolio.rows(text=text) == []


def test_the_filters_narrow_it(services: Services, homes: list[str], clock: Clock) -> None:
    signed_off_visit(services, homes[0], referrals=NOT_MET)
    services.visits.start(homes[1], FORM)
    services.actions.add(None, homes[1], "One", date(2026, 12, 1))
    clock.move_to(date(2026, 12, 21))
    names = services.portfolio.filters
    found = {name: [row.name for row in services.portfolio.rows(filter=name)] for name in names}
    heather, larch = ["Heather Bank"], ["Larch Nursing Home"]
    assert found == {
        "all": heather + larch,
        "attention": heather + larch,
        "visit_due": heather + larch,
        "visit_overdue": heather + larch,
        "planned": [],
        "missed": [],
        "moved_often": [],
        "overdue_actions": larch,
        "in_plan": [],
        "logged_concerns": [],
        "escalated": [],
        "in_intervention": [],
        "documents": [],
        "out_of_county": [],
        "high_risk": [],
        "draft": larch,
        "red": heather,
        "amber": [],
        "green": [],
        "unrated": larch,
        "closed_settings": [],
        "placement_waits": heather,
        "closed": heather,
    }


def test_what_has_no_value_comes_last_in_either_direction(
    services: Services, homes: list[str]
) -> None:
    signed_off_visit(services, homes[1])
    for descending in (False, True):
        rows = services.portfolio.rows(order="last_visit", descending=descending)
        assert [row.name for row in rows] == ["Larch Nursing Home", "Heather Bank"]


def test_every_order_sorts_all_settings(services: Services, homes: list[str]) -> None:
    assert services.portfolio.orders
    for order in services.portfolio.orders:
        assert len(services.portfolio.rows(order=order, descending=True)) == 2


def test_the_summary_counts_what_the_rows_show(
    services: Services, homes: list[str], clock: Clock
) -> None:
    approved_visit(services, homes[0])
    clock.move_to(date(2027, 11, 25))
    signed_off_visit(services, homes[0], referrals=NOT_MET)
    services.actions.add(None, homes[0], "One", date(2027, 11, 1))
    summary = services.portfolio.summary()
    assert summary.settings == 2
    assert summary.by_service_type == {"residential": 1, "nursing": 1}
    assert summary.by_rag == {"red": 1, "amber": 0, "green": 0, "unrated": 1}
    assert summary.changed_last_30_days == 1
    assert (summary.visits_due_28_days, summary.visits_overdue) == (2, 1)
    assert (summary.open_actions, summary.overdue_actions, summary.needs_attention) == (1, 1, 2)
    clock.move_to(date(2028, 1, 1))
    assert services.portfolio.summary().changed_last_30_days == 0


def assessed(services: Services, setting_id: str, regulator: str, self_assessment: int) -> None:
    """A signed-off risk assessment whose score the two answers move."""
    answers = {
        "self_assessment": self_assessment,
        "feedback": "green",
        "hygiene_rating": "5",
        "fire_governance": "green",
        "site_safety": "green",
        "concerns_open": 0,
        "placement_status": "open",
        "manager_change": "in_post",
        "quality_assurance": "green",
    }
    made = services.risk.assess(
        setting_id,
        "kent-ten",
        answers=answers,
        overrides={"regulator_overall": regulator},
        reason="Seen today.",
    )
    services.risk.sign_off(made.id)


def test_the_latest_signed_off_risk_stands_whatever_the_model(
    services: Services, homes: list[str], clock: Clock
) -> None:
    assessed(services, homes[0], "inadequate", 0)
    clock.move_to(date(2026, 12, 1))
    assessed(services, homes[0], "outstanding", 100)
    services.risk.assess(homes[0], "early-warning")
    heather, larch = row(services, "Heather Bank"), row(services, "Larch Nursing Home")
    standing = services.risk.list(homes[0])[1]
    assert (heather.risk_rag, heather.risk_percent) == (standing.rag, standing.percent)
    assert heather.risk_on == date(2026, 12, 1)
    assert (larch.risk_rag, larch.risk_percent, larch.risk_on) == ("", None, None)


def test_the_highest_risk_comes_first_and_can_be_shown_alone(
    services: Services, homes: list[str]
) -> None:
    worse, better = ("inadequate", 0), ("outstanding", 100)
    for home, (regulator, score) in zip(homes, (better, worse), strict=True):
        assessed(services, home, regulator, score)
    found = [row.name for row in services.portfolio.rows(order="risk")]
    assert found == ["Larch Nursing Home", "Heather Bank"]
    high = [row.name for row in services.portfolio.rows() if row.risk_rag == "red"]
    assert [row.name for row in services.portfolio.rows(filter="high_risk")] == high
    assert services.portfolio.summary().high_risk == len(high)


def fill(services: Services, settings: int) -> None:
    """Settings with three visits, ratings and actions each."""
    me = services.me().id
    with services.desk.transaction() as session:
        provider = Provider(name="Moorland Homes Ltd")
        session.add(provider)
        session.flush()
        held = [
            Setting(
                name=f"Setting {number}",
                service_type="residential",
                provider_id=provider.id,
                officer_id=me,
            )
            for number in range(settings)
        ]
        session.add_all(held)
        session.flush()
        for setting in held:
            for month in (3, 6, 9):
                day = date(2026, month, 1)
                visit = Visit(
                    id=new_id(),
                    setting_id=setting.id,
                    form_id=FORM,
                    form_version=CURRENT,
                    purpose="annual",
                    visited_on=day,
                    officer_id=me,
                )
                session.add(visit)
                session.flush()
                visit.status = "approved"
                session.add(a_rating(visit, "green", services.desk.clock()))
                session.add(
                    Action(setting_id=setting.id, title="Act", first_due_on=date(2026, month, 1))
                )


def test_a_thousand_settings_take_no_more_queries_than_one(services: Services) -> None:
    def asked() -> int:
        with asked_of(services.desk.database) as statements:
            services.portfolio.rows(order="next_due")
        return sum(one.startswith("SELECT") for one in statements)

    fill(services, 1)
    for_one = asked()
    fill(services, 999)
    assert len(services.portfolio.rows()) == 1000
    assert asked() == for_one
