"""What earlier visits left open stands beside the visit, first what is to be verified."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.desk.desks import FORM, signed_off_visit
from visitapp.services.services import Services


@pytest.fixture
def visit_id(services: Services, homes: list[str]) -> str:
    return services.visits.start(homes[0], FORM).id


def titles(services: Services, visit_id: str) -> list[str]:
    return [one.action.title for one in services.visits.view(visit_id).open_actions]


def test_done_comes_first_then_the_earliest_due(
    services: Services, homes: list[str], visit_id: str
) -> None:
    today = services.desk.today()
    for days, title in ((9, "Later"), (2, "Sooner"), (30, "Done")):
        services.actions.add(None, homes[0], title, today + timedelta(days=days))
    done = next(one for one in services.actions.list() if one.title == "Done")
    services.actions.update(done.id, status="done")
    assert titles(services, visit_id) == ["Done", "Sooner", "Later"]


def test_only_what_is_open_here_and_from_earlier(
    services: Services, homes: list[str], visit_id: str
) -> None:
    today = services.desk.today()
    earlier = services.visits.start(homes[0], FORM, visited_on=date(2026, 6, 1)).id
    services.actions.add(earlier, None, "Of the visit before", today)
    services.actions.add(visit_id, None, "Of this visit", today)
    services.actions.add(None, homes[1], "Of another home", today)
    over = services.actions.add(None, homes[0], "Withdrawn", today)
    services.actions.update(over.id, status="withdrawn", reason="Not wanted.")
    assert titles(services, visit_id) == ["Of the visit before"]


def test_evidence_of_an_action_is_named_by_its_id(
    services: Services, homes: list[str], visit_id: str
) -> None:
    action = services.actions.add(None, homes[0], "Audit", services.desk.today())
    [one] = services.visits.view(visit_id).open_actions
    assert one.evidence == []
    assert one.action.id == action.id


def test_a_signed_visit_shows_none(services: Services, homes: list[str]) -> None:
    services.actions.add(None, homes[0], "Audit", services.desk.today())
    assert signed_off_visit(services, homes[0]).open_actions == []
