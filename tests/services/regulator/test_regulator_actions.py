"""What regulators did is recorded, shown, limits risk models, and asks for a decision."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock
from visitapp.errors import NotAllowed, Refused
from visitapp.records import Role
from visitapp.services.services import Services

TODAY = date(2026, 11, 22)


def filled(services: Services, setting: str, model: str) -> dict[str, object]:
    assessment = services.risk.assess(setting, model)
    return {one.question: one.value for one in assessment.filled}


@pytest.mark.parametrize(
    ("kind", "risk"), [("requirement_notice", "medium"), ("notice_of_proposal", "high")]
)
def test_enforcement_in_force_limits_the_risk_model(
    services: Services, homes: list[str], kind: str, risk: str
) -> None:
    assert "enforcement_risk" not in filled(services, homes[0], "twelve-factor")
    action = services.regulator_actions.add(homes[0], kind, conditions="Two nurses on nights")
    assert (action.in_force, action.from_on) == (True, TODAY)
    assert filled(services, homes[0], "twelve-factor")["enforcement_risk"] == risk
    told = services.settings.view(homes[0]).timeline
    assert any(entry.what.startswith("Regulator: ") for entry in told)


def test_a_stop_of_admissions_asks_for_a_decision_while_it_is_in_force(
    services: Services, homes: list[str], clock: Clock
) -> None:
    action = services.regulator_actions.add(homes[0], "admissions_ban")
    (waiting,) = services.placements.waiting()
    assert waiting.waits == ("The regulator has stopped admissions.",)
    assert services.placements.view(homes[0]).waits == waiting.waits
    with pytest.raises(Refused, match="first day"):
        services.regulator_actions.end(action.id, date(2026, 11, 1))
    services.regulator_actions.end(action.id)
    clock.move_to(date(2026, 11, 23))
    assert services.placements.waiting() == []
    assert [one.in_force for one in services.regulator_actions.list(homes[0])] == [False]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.VIEWER])
def test_readers_record_nothing(services: Services, homes: list[str], role: Role) -> None:
    bring(services, max=role)
    become(services, "max")
    with pytest.raises(NotAllowed, match="reads records"):
        services.regulator_actions.add(homes[0], "warning_notice")
