"""Which visits settings are due, by their records, as worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, delete, event
from sqlalchemy.orm import Session

from tests.support.desk.made import a_rating, a_setting, a_visit
from visitapp.records import (
    Base,
    Concern,
    Contract,
    ContractSetting,
    Intervention,
    Provider,
    Purpose,
    Rating,
    RegulatorAction,
    Setting,
    SettingFact,
    SignificantEvent,
    Visit,
    new_id,
)
from visitapp.rules.policy.read import shipped_policy
from visitapp.rules.visiting.due import DueFacts
from visitapp.rules.visiting.due import visits_due as due_by_facts
from visitapp.standing.due import visits_due
from visitapp.standing.due_facts import ON_SITE

POLICY = shipped_policy()
JOINED = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = date(2026, 11, 20)
MADE = {"created_at": JOINED, "created_by": "ann"}
QUALITY = "residential-quality"
EVENTS = ("significant_event", "regulator_action", "concern", "intervention")
REGISTER = ("contract_setting", "setting_fact")


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    names = ("provider", "contract", "setting", "visit", "rating", *EVENTS, *REGISTER)
    Base.metadata.create_all(engine, tables=[Base.metadata.tables[name] for name in names])
    with Session(engine) as opened:
        opened.add(Provider(id="provider", name="Willow Care", **MADE))
        opened.flush()
        yield opened
    engine.dispose()


@pytest.fixture(autouse=True)
def _empty(session: Session) -> None:
    for kind in (
        Concern,
        SettingFact,
        ContractSetting,
        RegulatorAction,
        SignificantEvent,
        Rating,
        Visit,
        Setting,
        Contract,
    ):
        session.execute(delete(kind))


def add_setting(session: Session, **fields: Any) -> str:
    setting = a_setting(id=new_id(), **MADE | fields)
    session.add(setting)
    session.flush()
    return setting.id


def add_visit(session: Session, setting_id: str, day: date, rag: str = "", **fields: Any) -> Visit:
    visit = a_visit(
        setting_id, id=new_id(), visited_on=day, **MADE, **{"status": "approved"} | fields
    )
    session.add(visit)
    if rag:
        session.add(a_rating(visit, rag, JOINED, id=new_id(), **MADE))
    session.flush()
    return visit


def add_contract(session: Session, setting_id: str, **fields: Any) -> None:
    contract = Contract(id=new_id(), provider_id="provider", number="C1", **MADE, **fields)
    session.add(contract)
    session.flush()
    under = {"setting_id": setting_id, "contract_id": contract.id}
    session.add(ContractSetting(id=new_id(), **under, **MADE))
    session.flush()


def add_fact(session: Session, setting_id: str, content: str, day: date, **fields: Any) -> str:
    about = {"kind": "manager", "source": "CQC", "as_of": day, "starts_on": day}
    fact = SettingFact(
        id=new_id(), setting_id=setting_id, content=content, **MADE, **about | fields
    )
    session.add(fact)
    session.flush()
    return fact.id


def add_concern(session: Session, setting_id: str, day: date, **fields: Any) -> None:
    usual = {"kind": "complaint", "source": "family", "severity": "2", "title": "Doses"}
    received = {
        "received_at": datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)
    }
    given = {"themes": "medicines", **usual, **received, **fields}
    session.add(Concern(id=new_id(), setting_id=setting_id, **given, **MADE))
    session.flush()


def due(session: Session, setting_id: str) -> dict[str, date]:
    found = visits_due(session, POLICY, {QUALITY})
    assert found[setting_id] == visits_due(session, POLICY, {QUALITY}, [setting_id])[setting_id]
    return {one.rule: one.due_on for one in found[setting_id]}


def test_a_setting_without_a_visit_is_due_by_the_day_it_joined(session: Session) -> None:
    assert due(session, add_setting(session)) == {"first": date(2026, 3, 30)}


def test_the_last_quality_visit_and_the_rating_say_when(session: Session) -> None:
    home = add_setting(session)
    add_visit(session, home, DAY - timedelta(days=90), "green")
    add_visit(session, home, DAY, "red")
    add_visit(session, home, DAY + timedelta(days=3), form_id="themed", purpose="themed")
    add_visit(session, home, DAY + timedelta(days=4), status="draft")
    assert due(session, home) == {
        "red": date(2027, 2, 20),
        "yearly": date(2027, 11, 20),
    }, "the themed audit answers the follow-up of Red, and moves no quality visit"


def test_a_red_rating_is_followed_up(session: Session) -> None:
    home = add_setting(session)
    add_visit(session, home, DAY, "red")
    assert due(session, home)["red_follow_up"] == date(2026, 12, 4)


def test_an_intervention_lasts_until_green(session: Session) -> None:
    home = add_setting(session)
    add_visit(session, home, DAY, "amber")
    add_visit(session, home, DAY, form_id="tailored", purpose="intervention")
    assert due(session, home)["intervention"] == date(2026, 12, 20)
    add_visit(session, home, DAY + timedelta(days=30), "green")
    assert due(session, home).keys() == {"yearly"}


def test_a_recorded_intervention_is_visited_from_its_start_and_watched_after_its_end(
    session: Session,
) -> None:
    home = add_setting(session)
    add_visit(session, home, DAY - timedelta(days=80), form_id="tailored", purpose="intervention")
    add_visit(session, home, DAY - timedelta(days=1), "amber")
    made = Intervention(
        **{"setting_id": home, "referred_on": DAY, "why": "Late", "grounds": "Dates", **MADE},
        status="active",
        starts_on=DAY,
    )
    session.add(made)
    session.flush()
    assert due(session, home)["intervention"] == date(2026, 12, 20)
    add_visit(session, home, date(2026, 12, 1), form_id="tailored", purpose="intervention")
    assert due(session, home)["intervention"] == date(2027, 1, 1)
    made.status, made.ended_on = "closed", date(2027, 1, 10)
    session.flush()
    assert due(session, home)["after_intervention"] == date(2027, 3, 10)
    assert "intervention" not in due(session, home), "the record has ended, though it is Amber"


def test_the_regulator_and_the_risk_bring_visits(session: Session) -> None:
    report = {"regulator_overall": "Inadequate", "regulator_published": date(2026, 11, 18)}
    home = add_setting(session, **report)
    add_contract(session, home)
    add_visit(session, home, date(2026, 6, 1), "green")
    outcome = {"overall": "red", "percent": 20}
    risk = {"purpose": "risk_assessment", "form_id": "kent-ten", "outcome": outcome}
    add_visit(session, home, DAY, **risk)
    assert due(session, home) == {
        "high_risk": date(2026, 6, 2),
        "inadequate": date(2026, 11, 25),
        "contract_review": date(2027, 3, 2),
        "yearly": date(2027, 6, 1),
    }, "a risk assessment is no visit on site"


def test_an_incident_and_enforcement_bring_visits_soon(session: Session) -> None:
    home = add_setting(session)
    add_visit(session, home, DAY, "green")
    happened = {"happened_on": date(2026, 11, 26), "text": "A fall", "policy_version": "1"}
    session.add_all(
        [
            SignificantEvent(setting_id=home, kind="serious_incident", **happened, **MADE),
            SignificantEvent(setting_id=home, kind="finance", **happened, **MADE),
            RegulatorAction(
                setting_id=home, kind="warning_notice", from_on=date(2026, 11, 25), **MADE
            ),
        ]
    )
    session.flush()
    found = due(session, home)
    assert found["serious_concern"] == date(2026, 11, 30)
    assert found["enforcement"] == date(2026, 12, 2)
    add_visit(session, home, date(2026, 11, 26), form_id="themed", purpose="themed")
    assert due(session, home).keys() == {"yearly"}, "one visit on site answers both"


def test_a_cluster_is_visited_and_another_concern_does_not_put_it_off(session: Session) -> None:
    """The story of the home: medicines on 8 Sep, 21 Oct and 5 Nov; the audit was due on 19 Nov."""
    home = add_setting(session, created_at=datetime(2025, 3, 2, 12, tzinfo=UTC))
    add_visit(session, home, date(2025, 8, 1), "green")
    add_concern(session, home, date(2025, 9, 8))
    add_concern(session, home, date(2025, 10, 21), themes="records,medicines")
    add_concern(session, home, date(2025, 11, 1), restricted_to="lead")
    add_concern(session, home, date(2025, 11, 1), decision="not_substantiated")
    add_concern(session, home, date(2025, 11, 1), kind="compliment")
    assert "cluster" not in due(session, home)
    add_concern(session, home, date(2025, 11, 5))
    assert due(session, home)["cluster"] == date(2025, 11, 19)
    add_concern(session, home, date(2025, 11, 10))
    assert due(session, home)["cluster"] == date(2025, 11, 19)
    add_visit(session, home, date(2025, 11, 12), form_id="themed", purpose="themed")
    assert "cluster" not in due(session, home)
    add_concern(session, home, date(2025, 11, 14))
    assert due(session, home)["cluster"] == date(2025, 11, 28)


def test_a_key_supplier_is_reviewed_each_quarter(session: Session) -> None:
    home, other = add_setting(session), add_setting(session)
    add_contract(session, home, key_supplier=True)
    add_contract(session, home)
    add_contract(session, other)
    assert due(session, home)["key_supplier"] == date(2026, 6, 2)
    assert "key_supplier" not in due(session, other)


def test_a_new_manager_is_met_and_the_first_one_known_is_not_new(session: Session) -> None:
    home = add_setting(session)
    add_visit(session, home, date(2026, 6, 1), "green")
    add_fact(session, home, "M1", date(2026, 3, 1))
    add_fact(session, home, "M1", date(2026, 9, 1), starts_on=None)
    assert due(session, home).keys() == {"yearly"}
    wrong = add_fact(session, home, "M2", date(2026, 10, 1))
    assert due(session, home)["new_manager"] == date(2026, 11, 26)
    add_fact(session, home, "M1", date(2026, 10, 1), starts_on=None, corrects_id=wrong)
    assert due(session, home).keys() == {"yearly"}


def test_a_setting_out_of_the_county_has_a_desktop_review(session: Session) -> None:
    home = add_setting(session, in_county=False)
    assert due(session, home)["out_of_county"] == date(2027, 3, 2)


def test_a_setting_that_is_closed_is_not_due(session: Session) -> None:
    home = add_setting(session, status="closed")
    assert home not in visits_due(session, POLICY, {QUALITY})


def test_a_setting_that_was_removed_is_not_due(session: Session) -> None:
    home = add_setting(session, deleted=True)
    assert home not in visits_due(session, POLICY, {QUALITY})


VISITS = st.lists(
    st.tuples(
        st.sampled_from(list(Purpose)),
        st.sampled_from([QUALITY, "other"]),
        st.integers(0, 30),
        st.sampled_from(["draft", "signed_off", "approved", "returned"]),
        st.booleans(),
    ),
    max_size=6,
)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(VISITS, min_size=1, max_size=3))
def test_the_query_and_the_rules_on_values_agree(
    session: Session, homes: list[list[tuple[Purpose, str, int, str, bool]]]
) -> None:
    expected = {}
    for visits in homes:
        home = add_setting(session)
        last: dict[str, date] = {}
        on_site = None
        for purpose, form_id, days, status, deleted in visits:
            day = DAY + timedelta(days=days)
            fields = {"purpose": purpose, "form_id": form_id, "status": status, "deleted": deleted}
            add_visit(session, home, day, **fields)
            if deleted or status not in ("signed_off", "approved"):
                continue
            clocks = [purpose] if purpose not in ("annual", "risk_assessment") else []
            quality = form_id == QUALITY and purpose != "risk_assessment"
            for clock in (*clocks, *(["annual"] if quality else [])):
                last[clock] = max(day, last.get(clock, day))
            if purpose in ON_SITE:
                on_site = max(day, on_site or day)
        facts = DueFacts(
            joined=JOINED.date(),
            last=last,
            last_on_site=on_site,
            intervention="intervention" in last,
        )
        calendar = POLICY.working_days.days()
        expected[home] = due_by_facts(POLICY.visits.rules, calendar, facts)
    assert {id_: found for id_, found in visits_due(session, POLICY, {QUALITY}).items()
            if id_ in expected} == expected  # fmt: skip


def test_as_many_statements_however_many_settings(session: Session) -> None:
    said: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        said.append(statement)

    def count(settings: int) -> int:
        add_visit(session, add_setting(session), DAY, "green")
        said.clear()
        assert len(visits_due(session, POLICY, {QUALITY})) == settings
        return len(said)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    assert len({count(settings) for settings in (1, 2, 3)}) == 1
    event.remove(session.get_bind(), "before_cursor_execute", note)
