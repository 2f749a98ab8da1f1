"""A desk with a visit, an action and a concern to go to."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.window.every_screen import Busy
from visitapp.services.concerns.views import NewConcern
from visitapp.services.services import Services


@pytest.fixture
def busy(services: Services, heather: str, visit_id: str) -> Busy:
    services.actions.add(None, heather, "Audit of medicines", date(2026, 12, 1))
    services.concerns.log(
        NewConcern(
            setting_id=heather,
            title="Medicines missed",
            kind="complaint",
            severity="1",
            source="family",
        )
    )
    return Busy(heather, visit_id, visit_id)
