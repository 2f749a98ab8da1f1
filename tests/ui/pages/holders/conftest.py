"""A team lead's window: Ann holds one home, Bob the other."""

from __future__ import annotations

import pytest

from tests.support.desk.colleagues import become, bring
from visitapp.records import Role, Setting
from visitapp.services.services import Services


@pytest.fixture
def shared(services: Services, heather: str) -> str:
    """The id of Heather Bank, which Ann holds; the laptop is that of Lee, who leads."""
    bring(services, ann=Role.OFFICER, bob=Role.OFFICER, lee=Role.LEAD)
    with services.desk.database.applying() as session:
        for setting in session.query(Setting):
            setting.officer_id, setting.team = "bob", "West"
        session.get_one(Setting, heather).officer_id = "ann"
    become(services, "lee")
    return heather
