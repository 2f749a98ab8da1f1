"""A team lead's desk: Ann holds two settings, and Bob is of the same team."""

from __future__ import annotations

import pytest

from tests.support.desk.colleagues import become, bring
from visitapp.records import Role, Setting, User
from visitapp.services.services import Services


@pytest.fixture
def team(services: Services, homes: list[str]) -> list[str]:
    """The ids of the settings that Ann holds; the desk is that of Lee, who leads."""
    bring(services, ann=Role.OFFICER, bob=Role.OFFICER, lee=Role.LEAD, mia=Role.MANAGER)
    with services.desk.database.applying() as session:
        for setting_id in homes:
            setting = session.get_one(Setting, setting_id)
            setting.officer_id, setting.team = "ann", "West"
    become(services, "lee")
    return homes


@pytest.fixture
def wes(services: Services, team: list[str]) -> str:
    """An officer of another team."""
    bring(services, wes=Role.OFFICER)
    with services.desk.database.applying() as session:
        session.get_one(User, "wes").team = "East"
    return "wes"
