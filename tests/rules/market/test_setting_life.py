"""The life of a setting, as a whole table."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest

from visitapp.rules.access import REVIEWERS
from visitapp.rules.choices import Role
from visitapp.rules.lifecycle import Need, Taken
from visitapp.rules.market.setting_life import SETTING
from visitapp.rules.market_choices import SettingStatus

DAY = date(2026, 11, 20)
INTO = {"merged_into_id": "other"}
NEXT = {"open": {"closed", "merged"}, "closed": {"open", "merged"}, "merged": {"open"}}


def step(before: str, after: str, **more: Any) -> Taken:
    whole = {"day": DAY, "reason": "Because", "fields": INTO if after == "merged" else {}}
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    return Taken(before=before, after=after, by="lee", at=at, **{**whole, **more})


def test_every_step_is_allowed_or_refused() -> None:
    wrong = []
    for before, after, role in product(SettingStatus, SettingStatus, Role):
        allowed = after in NEXT[before] and role in REVIEWERS
        if (SETTING.fault(step(before, after), role) is None) != allowed:
            wrong.append((before, after, role))
    assert wrong == []


@pytest.mark.parametrize(
    ("before", "after", "lacks", "need"),
    [
        ("open", "closed", {"day": None}, Need.DAY),
        ("open", "closed", {"reason": ""}, Need.REASON),
        ("open", "merged", {"fields": {}}, Need.INTO),
        ("closed", "merged", {"reason": ""}, Need.REASON),
        ("closed", "open", {"reason": ""}, Need.REASON),
        ("merged", "open", {"reason": ""}, Need.REASON),
    ],
)
def test_what_a_step_needs(before: str, after: str, lacks: dict[str, Any], need: str) -> None:
    fault = SETTING.fault(step(before, after, **lacks), "lead")
    assert fault is not None
    assert fault.problem == need


@pytest.mark.parametrize("into", ["", "x" * 37, 7])
def test_an_id_that_cannot_be_one_is_refused(into: object) -> None:
    fault = SETTING.fault(step("open", "merged", fields={"merged_into_id": into}), "lead")
    assert fault is not None


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (["closed"], ("closed", DAY, None)),
        (["closed", "open"], ("open", None, None)),
        (["merged"], ("merged", DAY, "other")),
        (["closed", "merged"], ("merged", DAY, "other")),
        (["merged", "open"], ("open", None, None)),
    ],
)
def test_what_follows_from_steps(steps: list[str], expected: tuple[Any, ...]) -> None:
    values = SETTING.derived.begin({})
    for after in steps:
        values = SETTING.derived.apply(values, step(values["status"], after))
    assert (values["status"], values["closed_on"], values["merged_into_id"]) == expected
