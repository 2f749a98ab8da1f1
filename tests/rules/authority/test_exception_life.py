"""The life of a placement exception, as a whole table."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.lifecycles import misjudged
from visitapp.rules.access import WRITERS, AccessRequest, Actor
from visitapp.rules.authority.exception_life import (
    EXCEPTION,
    RISK_PARTS,
    assessment_fault,
    validity_fault,
    was_covered,
)
from visitapp.rules.authority.writing import write_exception
from visitapp.rules.choices import Role
from visitapp.rules.lifecycle import Taken

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
RISK = dict.fromkeys(RISK_PARTS, "Said")
MANAGER = {Role.MANAGER}
MAY = {
    ("asked", "asked"): WRITERS,
    ("asked", "authorised"): MANAGER,
    ("asked", "refused"): MANAGER,
    ("asked", "void"): WRITERS,
    ("authorised", "void"): MANAGER,
    ("authorised", "expired"): set(),
    ("authorised", "used"): WRITERS,
    ("expired", "used"): WRITERS,
    ("void", "used"): WRITERS,
}
GIVEN = {
    "asked": {"assessment": RISK},
    "authorised": {"assessed_at": NOW, "valid_to": DAY, "conditions": "", "policy_version": "1"},
}


def step(before: str, after: str, **more: Any) -> Taken:
    whole = {"day": DAY, "reason": "Because", "fields": GIVEN.get(after, {})}
    return Taken(before=before, after=after, by="ann", at=NOW, **{**whole, **more})


def test_every_step_is_one_roles_or_nobodys() -> None:
    assert misjudged(EXCEPTION, step, MAY) == []


@pytest.mark.parametrize(
    ("before", "after", "without", "problem"),
    [
        ("asked", "asked", {"fields": {}}, "assessment"),
        ("asked", "asked", {"fields": {"assessment": {**RISK, "told": " "}}}, "field"),
        ("asked", "authorised", {"reason": " "}, "reason"),
        ("asked", "authorised", {"day": None}, "day"),
        ("asked", "authorised", {"fields": {"valid_to": DAY}}, "assessed_at"),
        ("asked", "authorised", {"fields": {"assessed_at": NOW}}, "valid_to"),
        ("asked", "authorised", {"fields": {**GIVEN["authorised"], "status": "x"}}, "field"),
        ("asked", "refused", {"reason": ""}, "reason"),
        ("authorised", "used", {"day": None}, "day"),
        ("void", "used", {"reason": ""}, "reason"),
        ("expired", "used", {"reason": ""}, "reason"),
    ],
)
def test_a_step_brings_what_it_needs(
    before: str, after: str, without: dict[str, Any], problem: str
) -> None:
    role = Role.MANAGER if after in ("authorised", "refused") else Role.OFFICER
    fault = EXCEPTION.fault(step(before, after, **without), role)
    assert fault is not None
    assert fault.problem == problem


def test_the_derived_fields_follow_the_steps() -> None:
    derived = EXCEPTION.derived
    values = derived.begin({})
    assert (values["status"], values["assessment"], values["valid_to"]) == ("asked", None, None)
    values = derived.apply(values, step("asked", "asked"))
    assert (values["assessment"], values["assessed_by"]) == (RISK, "ann")
    values = derived.apply(values, step("asked", "authorised"))
    assert (values["valid_to"], values["decided_on"], values["assessment"]) == (DAY, DAY, RISK)
    values = derived.apply(values, step("authorised", "used"))
    assert (values["status"], values["placed_on"]) == ("used", DAY)


@given(st.dictionaries(st.sampled_from([*RISK_PARTS, "more"]), st.text(max_size=3)))
def test_an_assessment_is_whole_or_refused(parts: dict[str, str]) -> None:
    whole = parts.keys() == set(RISK_PARTS) and all(text.strip() for text in parts.values())
    if not whole:
        assert assessment_fault(parts) is not None
    elif not any("\x00" in text for text in parts.values()):
        assert assessment_fault(parts) is None


@given(st.integers(-40, 40))
def test_an_exception_is_valid_for_28_days_at_most(days: int) -> None:
    fault = validity_fault(DAY + timedelta(days=days), DAY, 28)
    assert (fault is None) is (0 <= days <= 28)


@given(placed=st.integers(-5, 35), ended=st.none() | st.integers(0, 35))
def test_a_placement_is_covered_from_the_decision_to_the_end(
    placed: int, ended: int | None
) -> None:
    values = {
        "decided_on": DAY,
        "valid_to": DAY + timedelta(days=28),
        "placed_on": DAY + timedelta(days=placed),
        "ended_on": None if ended is None else DAY + timedelta(days=ended),
    }
    last = 28 if ended is None else min(28, ended)
    assert was_covered(values) is (0 <= placed <= last)
    assert not was_covered({**values, "decided_on": None, "valid_to": None})


@pytest.mark.parametrize("role", Role)
def test_managers_decide_and_do_not_ask(role: Role) -> None:
    request = AccessRequest(creating=True, fields=frozenset(), created_by="me")
    assert (write_exception(Actor("me", role), request) is None) is (role in WRITERS)


def test_nobody_decides_on_what_they_asked_for_and_no_field_is_edited() -> None:
    def why(created_by: str, status: str) -> str:
        fields = frozenset({"status"})
        request = AccessRequest(creating=False, fields=fields, created_by=created_by, status=status)
        return str(write_exception(Actor("me", Role.MANAGER), request) or "")

    assert "they asked for" in why("me", "authorised")
    assert "they asked for" in why("me", "refused")
    assert why("ann", "authorised") == ""
    assert "by its steps alone" in why("ann", "")
