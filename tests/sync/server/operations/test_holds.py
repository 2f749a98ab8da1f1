"""Emergency holds lapse by the daily work, and never onto a Red."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from sync.server.operations.holds import lapse_holds
from tests.support.sync.council import Council, Device
from tests.support.sync.decisions import decide, position, stands
from tests.sync.server.sync.test_ratings import POOR, signed
from visitapp.records import AuditEntry, Role

UNTIL = date(2026, 11, 25)


@pytest.fixture
def lee(any_council: Council) -> Device:
    return any_council.lead("lee")


def held(council: Council, lead: Device, setting: str) -> None:
    lead.sync()
    decide(lead, setting, "conditional")
    lead.sync()
    decide(lead, setting, "closed", interim=True, lapses_on=UNTIL)
    assert lead.sync().refused == []
    assert position(council, setting=setting) == "closed"


def later(council: Council, days: int) -> list[str]:
    council.clock.now += timedelta(days=days)
    return lapse_holds(council.database, council.clock)


def test_a_hold_that_nobody_confirms_lapses_once(any_council: Council, lee: Device) -> None:
    setting = any_council.officer("ann").setting()
    ann = any_council.devices[-1]
    ann.sync()
    held(any_council, lee, setting)
    assert later(any_council, 3) == ["Emergency holds that lapsed: 0."]
    assert later(any_council, 1) == ["Emergency holds that lapsed: 1."]
    assert later(any_council, 1) == ["Emergency holds that lapsed: 0."]
    lee.connect("lee")
    lee.sync()
    assert position(any_council, lee, setting=setting) == "conditional"
    row = stands(lee, setting).row
    assert row is not None
    assert (row.source, row.interim) == ("hold_lapsed", False)
    with any_council.database.reading() as session:
        assert list(session.scalars(select(AuditEntry.what))).count("hold_lapsed") == 1


def test_a_hold_that_a_manager_confirmed_stays(any_council: Council, lee: Device) -> None:
    ann = any_council.officer("ann")
    setting = ann.setting()
    ann.sync()
    held(any_council, lee, setting)
    any_council.user("max", Role.MANAGER)
    manager = any_council.device("max")
    manager.sync()
    decide(manager, setting, "closed")
    manager.sync()
    assert later(any_council, 10) == ["Emergency holds that lapsed: 0."]
    assert position(any_council, setting=setting) == "closed"


def test_a_hold_on_a_setting_that_is_red_by_then_keeps_it_closed(
    any_council: Council, lee: Device
) -> None:
    ann = any_council.officer("ann")
    setting = ann.setting()
    ann.sync()
    held(any_council, lee, setting)
    signed(ann, any_council, setting, date(2026, 11, 20), **POOR)
    assert later(any_council, 10) == ["Emergency holds that lapsed: 1."]
    row = stands(any_council, setting).row
    assert row is not None
    assert (row.position, row.source, row.interim) == ("closed", "rating", True)
