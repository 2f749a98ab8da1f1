"""The briefing of a visit: what is new, and never what a role does not receive."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.services.risk.test_ranking import sound
from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, signed_off_visit
from visitapp.records import Role
from visitapp.services.concerns.views import NewConcern
from visitapp.services.services import Services


@pytest.fixture
def visited(services: Services, homes: list[str], clock: Clock) -> str:
    """Heather Bank, visited in June: one answer below the best, one not checked."""
    clock.move_to(date(2026, 6, 1))
    services.setting_facts.add(homes[0], "manager", "Jonet Sallow", "register")
    services.setting_facts.add(homes[0], "beds", "32", "register")
    signed_off_visit(
        services,
        homes[0],
        provider_oversight={"value": "partly", "note": "One visit in the year."},
        registered_manager={"value": "not_checked", "reason": "Away all day."},
    )
    clock.move_to(date(2026, 11, 20))
    return homes[0]


def test_it_says_what_is_new_and_what_is_as_it_was(services: Services, visited: str) -> None:
    services.setting_facts.add(visited, "manager", "Ilse Brannock", "provider's return")
    services.concerns.log(
        NewConcern(
            setting_id=visited,
            kind="poor_practice",
            title="Doses signed and not given",
            severity="3",
            source="partner",
            themes=["medicines"],
        )
    )
    services.planning.plan(visited, "themed", services.desk.today() + timedelta(days=3))
    found = services.briefings.of(visited)
    said = [one.what for one in found.changes]
    assert "Manager: Ilse Brannock, was Jonet Sallow." in said
    assert "Poor practice: Doses signed and not given" in said
    assert all(one.day > date(2026, 6, 1) for one in found.changes)
    assert found.unchanged == ["Beds 32"]
    assert (found.last_visit, found.visit) == (
        date(2026, 6, 1),
        "Themed audit planned for 23 Nov 2026",
    )
    assert found.themes == [("Medicines", 1)]
    assert [(one.role, one.name) for one in found.ask_for] == [("Manager", "Ilse Brannock")]


def test_it_says_what_to_look_at_first(services: Services, visited: str, clock: Clock) -> None:
    first = {one.number: one.why for one in services.briefings.of(visited).look_first}
    assert first == {"1.2": "Partly met at the last visit", "1.1": "not checked last time"}
    signed_off_visit(
        services, visited, provider_oversight={"value": "partly", "note": "As before."}
    )
    (low,) = services.briefings.of(visited).look_first
    assert low.why == "below the best at the last 2 visits, Partly met at the last"


def test_open_actions_come_late_ones_first(services: Services, visited: str, clock: Clock) -> None:
    today = services.desk.today()
    services.actions.add(None, visited, "Due later", today + timedelta(days=9))
    services.actions.add(None, visited, "Due today", today)
    done = services.actions.add(None, visited, "Said to be done", today + timedelta(days=30))
    services.actions.update(done.id, status="done")
    clock.now += timedelta(days=2)
    found = services.briefings.of(visited)
    assert [one.title for one in found.actions] == ["Due today", "Said to be done", "Due later"]
    assert [one.late for one in found.actions] == [True, False, False]
    assert found.plan == "1 to verify · 1 overdue · 1 open and in time"


def test_a_manager_is_told_that_there_are_no_answers(services: Services, visited: str) -> None:
    bring(services, mia=Role.MANAGER)
    become(services, "mia")
    found = services.briefings.of(visited)
    assert (found.look_first, found.answers_here) == ([], False)


def test_a_setting_never_visited_says_what_is_on_record(
    services: Services, homes: list[str]
) -> None:
    found = services.briefings.of(homes[1])
    assert (found.last_visit, found.look_first, found.unchanged) == (None, [], [])


def test_live_risk_stands_with_its_first_reason_and_how_old_that_is(
    services: Services, visited: str
) -> None:
    sound(services, visited, medicines_risk="high")
    (fact,) = [
        one for one in services.briefings.of(visited).standing if one.label.startswith("Live risk")
    ]
    assert fact.label == "Live risk (lower score is riskier)"
    assert " of 100" in fact.value
    assert " old" in fact.note or ", today" in fact.note
