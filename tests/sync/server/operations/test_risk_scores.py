"""The server records live risk at night, and only where it or a reason for it changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sync.server.operations.risk_scores import record_risk
from tests.support.sync.council import DAY, Council, Device
from tests.support.sync.pushes import create, push
from tests.sync.server.sync.test_ratings import POOR, signed
from visitapp.errors import Code
from visitapp.records import RiskScore


@pytest.fixture
def ann(any_council: Council) -> Device:
    return any_council.officer("ann")


def night(council: Council) -> str:
    council.clock.now += timedelta(days=1)
    (line,) = record_risk(council.database, council.clock)
    return line


def test_a_row_is_made_where_the_risk_changed_and_travels(
    any_council: Council, ann: Device
) -> None:
    setting = ann.setting()
    ann.sync()
    assert night(any_council) == "Risk recorded: 1 change."
    assert night(any_council) == "Risk recorded: 0 changes."
    ann.connect("ann")
    signed(ann, any_council, setting, DAY, **POOR)
    assert night(any_council) == "Risk recorded: 1 change."
    ann.connect("ann")
    ann.sync()
    first, second = sorted(ann.all(RiskScore), key=lambda row: row.scored_on)
    assert (first.setting_id, first.created_by) == (setting, "server")
    assert first.answers["visit_result"] == "unrated"
    assert second.answers["visit_result"] == "red"
    assert [one["id"] for one in second.results] == ["quality", "contract"]


def test_a_second_run_of_the_same_night_records_nothing(any_council: Council, ann: Device) -> None:
    ann.setting()
    ann.sync()
    assert night(any_council) == "Risk recorded: 1 change."
    assert record_risk(any_council.database, any_council.clock) == ["Risk recorded: 0 changes."]


def test_no_device_can_record_risk(any_council: Council, ann: Device) -> None:
    setting = ann.setting()
    ann.sync()
    made = {
        "setting_id": setting,
        "scored_on": "2026-11-20",
        "model_id": "twelve-factor",
        "model_version": "2026.2",
        "overall": "green",
        "percent": 100,
        "coverage": 100,
        "results": [],
        "answers": {},
        "policy_version": "1",
    }
    (result,) = push(ann, create(ann, "risk_score", **made))
    assert result.code == Code.NOT_ALLOWED
