"""Placement positions meet at the server: a Red closes at once, people decide, restriction wins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.rows import rows
from tests.support.sync.council import Council, Device
from tests.support.sync.decisions import decide, position, position_values, stands
from tests.support.sync.pushes import create, push
from tests.sync.server.sync.test_ratings import FAIR, GOOD, POOR, review, signed
from visitapp.records import PlacementPosition, Role, SettingFact, VisitStatus
from visitapp.standing.placements import NOBODY

DAY = date(2026, 11, 10)
TODAY = date(2026, 11, 22)


@pytest.fixture
def ann(any_council: Council) -> Device:
    return any_council.officer("ann")


@pytest.fixture
def lee(any_council: Council) -> Device:
    return any_council.lead("lee")


@pytest.fixture
def max_(any_council: Council) -> Device:
    any_council.user("max", Role.MANAGER)
    return any_council.device("max")


def sent(place: Device, setting: str, what: str, **more: Any) -> str:
    """What the server says to a decision that is sent past the device: nothing when it takes it."""
    given = position_values(place, setting, what, **more)
    wire = {
        n: v.isoformat() if isinstance(v, date) else v for n, v in given.items() if v is not None
    }
    (result,) = push(place, create(place, "placement_position", **wire))
    return result.text or "" if result.status == "refused" else ""


def test_a_red_closes_at_once_until_a_manager_decides(
    any_council: Council, ann: Device, lee: Device, max_: Device
) -> None:
    setting = ann.setting()
    signed(ann, any_council, setting, DAY, **POOR)
    for device in (lee, max_):
        device.sync()
    assert position(any_council, ann, lee, max_, setting=setting) == "closed"
    (closing,) = max_.all(PlacementPosition)
    assert (closing.interim, closing.source, closing.created_by) == (True, "rating", NOBODY)
    assert closing.review_on == TODAY + timedelta(days=28)
    decide(max_, setting, "conditional")
    assert max_.sync().refused == []
    for device in (ann, lee):
        device.sync()
    assert position(any_council, ann, lee, max_, setting=setting) == "conditional"
    signed(ann, any_council, setting, DAY + timedelta(days=1), **POOR)
    assert position(any_council, ann, setting=setting) == "closed", "another Red closes again"


def test_no_other_rating_moves_a_position(any_council: Council, ann: Device, lee: Device) -> None:
    setting = ann.setting()
    signed(ann, any_council, setting, DAY, **FAIR)
    assert position(any_council, ann, setting=setting) == "not_assessed"
    lee.sync()
    decide(lee, setting, "conditional")
    lee.sync()
    better = signed(ann, any_council, setting, DAY + timedelta(days=1), **GOOD)
    review(lee, better, VisitStatus.APPROVED)
    assert position(any_council, lee, setting=setting) == "conditional"


def test_a_red_that_stands_again_closes_again(
    any_council: Council, ann: Device, lee: Device, max_: Device
) -> None:
    setting = ann.setting()
    signed(ann, any_council, setting, DAY, **POOR)
    better = signed(ann, any_council, setting, DAY + timedelta(days=1), **GOOD)
    review(lee, better, VisitStatus.APPROVED)
    max_.sync()
    decide(max_, setting, "open")
    max_.sync()
    assert position(any_council, max_, setting=setting) == "open"
    review(lee, better, VisitStatus.RETURNED)
    max_.sync()
    assert position(any_council, lee, max_, setting=setting) == "closed"


def test_of_two_decisions_taken_apart_the_more_restrictive_stands_until_settled(
    any_council: Council, lee: Device, max_: Device, ann: Device
) -> None:
    setting = ann.setting()
    ann.sync()
    lee.sync()
    max_.sync()
    decide(max_, setting, "closed")
    decide(lee, setting, "conditional")
    for device in (max_, lee, max_, ann):
        assert device.sync().refused == []
    assert position(any_council, ann, lee, max_, setting=setting) == "closed?"
    assert "reopens" in sent(lee, setting, "conditional")
    decide(lee, setting, "closed")
    for device in (lee, max_, ann):
        assert device.sync().refused == []
    assert position(any_council, ann, lee, max_, setting=setting) == "closed"


def test_a_red_that_meets_a_decision_taken_offline_keeps_the_setting_closed(
    any_council: Council, ann: Device, lee: Device
) -> None:
    setting = ann.setting()
    ann.sync()
    lee.sync()
    decide(lee, setting, "open")
    signed(ann, any_council, setting, DAY, **POOR)
    assert lee.sync().refused == []
    ann.sync()
    assert position(any_council, ann, lee, setting=setting) == "closed?"


def test_a_closing_goes_with_a_sign_off_that_is_refused(any_council: Council, ann: Device) -> None:
    setting = ann.setting()
    visit = ann.visit(setting, on=DAY, **GOOD)
    ann.sign_off(visit, any_council.library, overall="red")
    ann.sync()
    assert position(any_council, ann, setting=setting) == "not_assessed"


def test_who_may_not_decide_is_refused_in_one_sentence(
    any_council: Council, ann: Device, lee: Device, max_: Device
) -> None:
    setting = ann.setting()
    ann.sync()
    any_council.user("vic", Role.VIEWER)
    any_council.user("ada", Role.ADMIN)
    nobody = "Only a team lead or a senior manager decides on placements."
    assert sent(ann, setting, "open") == sent(any_council.device("ada"), setting, "open") == nobody
    assert "reads records" in sent(any_council.device("vic"), setting, "open")
    assert "Only a senior manager closes" in sent(lee, setting, "closed")
    assert sent(lee, setting, "closed", lapses_on=date(2026, 11, 25), interim=True) == ""
    assert sent(max_, setting, "closed") == ""
    assert "reopens" in sent(lee, setting, "open", **replacing(max_, any_council, setting))
    assert "reopens" in sent(lee, setting, "open", replaces_id="unknown-to-the-server")


def replacing(place: Device, council: Council, setting: str) -> dict[str, Any]:
    row = stands(council, setting).row
    assert row is not None
    return {"replaces_id": row.id}


@rows(
    ("what", "more", "said"),
    [
        ("conditional", {"condition": ""}, "condition"),
        ("closed", {"review_on": None}, "reviewed"),
        ("closed", {"review_on": date(2027, 6, 1)}, "28 days"),
        ("open", {"source": "carried_over"}, "A person cannot"),
        ("closed", {"interim": True}, "A person cannot"),
        ("closed", {"lapses_on": date(2026, 12, 24), "interim": True}, "working days"),
    ],
)
def test_a_decision_that_says_too_little_is_refused(
    any_council: Council, ann: Device, max_: Device, what: str, more: dict[str, Any], said: str
) -> None:
    setting = ann.setting()
    ann.sync()
    assert said in sent(max_, setting, what, **more)


def test_a_condition_that_names_somebody_is_refused(
    any_council: Council, ann: Device, lee: Device
) -> None:
    setting = ann.setting()
    ann.add(
        SettingFact(
            setting_id=setting,
            kind="manager",
            content="Rosalind Achterberg",
            source="The home",
            as_of=DAY,
        )
    )
    ann.sync()
    for named in ("Rosalind Achterberg", "duty@home.example", "01632 960 123"):
        said = sent(lee, setting, "conditional", condition=f"Ask {named} first")
        assert said.startswith("The condition is sent to other teams, so it names nobody"), named
        assert named in said
    assert sent(lee, setting, "conditional", condition="Two nurses at night") == ""


def test_a_decision_replaces_none_of_another_setting(
    any_council: Council, ann: Device, max_: Device
) -> None:
    one, other = ann.setting(), ann.setting("Birch House")
    ann.sync()
    assert sent(max_, one, "closed") == ""
    told = sent(max_, other, "open", **replacing(max_, any_council, one))
    assert "same setting" in told
