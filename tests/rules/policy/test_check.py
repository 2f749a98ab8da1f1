"""What the check of a policy refuses: each fault with its line and what to do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.rows import rows
from visitapp.errors import BadFile, Code
from visitapp.rules.policy.check import check_policy
from visitapp.rules.policy.read import read_policy, read_published, shipped_text

TEXT = shipped_text()
LINES = TEXT.splitlines()


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def line_of(old: str) -> int:
    return next(number for number, line in enumerate(LINES, start=1) if old in line)


def test_the_policy_that_ships_has_no_fault() -> None:
    assert check_policy(TEXT, "default.yaml") == []


@rows(
    ("old", "new", "what", "remedy"),
    [
        ("none, within: 3", "none, within: 0", "`within` is 0.", "from 1 to 366"),
        ("none, within: 3", "none, within: 90", "`within` is 90 months.", "up to 60"),
        ("none, within: 3", "none, within: soon", "whole number", "without quotes or units"),
        ("none, within: 3", "none, wihtin: 3", "`wihtin` is not a key of a visit rule", "`within`"),
        ("months, not_before: 3", "months, not_before: 4", "No visit within the limit", "less"),
        ("id: amber, label", "id: yearly, label", "visit rule id `yearly` is used twice", "own"),
        ("regulator: [inadequate", "regulator: [poor", "cannot be `poor`", "`inadequate`"),
        ("calendar: england", "calendar: wessex", "be `wessex-and-wales`", "`england-and-wales`"),
        ("# closure_days: [2026-12-29", "closure_days: [29 Dec", "is not a day", "2027-04-01"),
        ("better_at: approval", "better_at: never", "cannot be `never`", "`sign_off`"),
        ("coverage_floor: 40", "coverage_floor: 140", "`coverage_floor` is 140", "from 0 to 100"),
        ("purpose: contract_review", "purpose: contract_revue", "`contract_revue`", "`contract_"),
        ("shortest: 12", "shortest: 8", "`shortest` is 8.", "from 12 to 64"),
        ("lock_minutes: 10", "lock_minutes: 300", "`lock_minutes` is 300.", "from 0 to 240"),
        ("steps: []", "steps: [{id: visit_aproved, by: [lead]}]", "no step", "`visit_approved`"),
        ("steps: []", "steps: [{id: setting_closed, by: [officer]}]", "`officer` cannot", "admin"),
        ("steps: []", "steps: [{id: placement_exception_void, by: [lead]}]", "Nobody could", "man"),
        ("steps: []", "steps: [{id: visit_approved, by: []}]", "`by`", "one"),
        ("in_force_from: 2026-01-01", "in_force_from: 1 May", "is not a day", "2027-04-01"),
        ("in_force_from: 2026-01-01", "in_force_from: 2026-02-30", "is not a day", "2027-04-01"),
        ("  due_soon_days: 28", "  due_soon_days: 28\n  due_soon_days: 30", "repeated", "Keep one"),
        ("id: falls", "id: medicines", "theme id `medicines` is used twice", "of its own"),
        ("id: noted, stage", "id: closed, stage", "clock id `closed` is used twice", "of its own"),
        ("kinds: [complaint], within: 3", "kinds: [complain], within: 3", "`complain`", "`compl"),
        ("after: investigated", "after: found_out", "no clock `found_out`", "Use `"),
        ("after: investigated", "after: learned", "waits for itself", "start at receipt"),
        ("after: investigated", "after: closed", "is not for `serious_incident`", "same kinds"),
        ("severities: [3, 4], within: 2", "within: 2", "sets the same limit", "severities"),
        ("area: staffing}", "area: staff}", "cannot be `staff`", "`staffing`"),
        ("yearly_cost_below: 100000", "yearly_cost_below: 9000000", "two levels", "Lower"),
        ("risk: low", "risk: high", "two levels", "different risks"),
        ("service_types: [home_care]", "service_types: [hotel]", "cannot be `hotel`", "`other`"),
        ("audiences: [brokerage, social_work, health]", "audiences: [brokers]", "brokers", "`"),
        ("event: position_open", "event: position_closed", "two templates", "Keep one"),
        ("{setting} from {date}", "{home} from {date}", "no place `{home}`", "{setting}"),
        ("{setting} moved from", "{setting moved from", "brace", "`{setting}`"),
        ("{condition}. Review", "{condition!r}. Review", "no place", "{condition}"),
        ("id: peer_support, by", "id: peer_aid, by", "cannot be `peer_aid`", "`peer_support`"),
        ("id: improvement_plan", "id: peer_support", "`peer_support` is used twice", "of its"),
        ("by: lead, within_days: 7", "by: admin, within_days: 7", "cannot be `admin`", "`lead`"),
        ("notice, by: manager", "notice, by: lead", "`lead` cannot take the", "Name only: manager"),
        ("letter: default}", "letter: defaults}", "no letter `defaults`", "`default`"),
        ("review_days: 28, letter", "letter", "left without a review", "`review_days`"),
        ("letter: measures", "audiences: [press]", "no audience `press`", "Use `"),
        ("{setting}. It takes", "{person}. It takes", "no place `{person}`", "{reason}"),
        ("digest_audience: directors", "digest_audience: board", "no audience `board`", "Use `"),
        ("digest_weekday: monday", "digest_weekday: sunday", "cannot be `sunday`", "monday"),
        ("concern_years: 8", "concern_years: 0", "`concern_years` is 0", "from 1 to 100"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line_and_a_remedy(
    old: str, new: str, what: str, remedy: str
) -> None:
    faults = check_policy(changed(old, new), "ours.yaml")
    told = [fault for fault in faults if what in fault.what]
    assert told, faults
    assert remedy in told[0].remedy
    assert abs(told[0].line - line_of(old)) <= 1
    with pytest.raises(BadFile) as refused:
        read_policy(changed(old, new), "ours.yaml")
    assert refused.value.code is Code.POLICY_FAULTS
    assert str(refused.value).startswith("ours.yaml, line ")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("purpose: annual, within: 28", "purpose: joint, within: 28", "its first quality visit"),
        ("purpose: annual, within: 12", "purpose: joint, within: 12", "a setting rated `green`"),
        ("Every setting, purpose", "Big, service_types: [nursing], purpose", "rated `unrated`"),
    ],
)
def test_rules_that_leave_a_setting_without_a_quality_visit_are_a_fault(
    old: str, new: str, what: str
) -> None:
    faults = check_policy(changed(old, new), "ours.yaml")
    assert any(what in fault.what for fault in faults)
    assert {fault.line for fault in faults} == {line_of("  rules:")}


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("risk:", "risk: !python/object:os.system", "tag"),
        ("risk:", "risk: *all", "refers to another part"),
        (TEXT, "", "empty"),
        (TEXT, "- 1", "list"),
    ],
)
def test_a_text_that_is_no_policy_is_refused(old: str, new: str, what: str) -> None:
    (fault, *_) = check_policy(changed(old, new), "ours.yaml")
    assert what in fault.what


def test_an_event_without_a_template_is_a_fault() -> None:
    start = TEXT.index("    - id: open\n")
    text = TEXT[:start] + TEXT[TEXT.index("  digest_audience") :]
    (fault,) = check_policy(text, "ours.yaml")
    assert "No template says what is sent for `position_open`" in fault.what


def test_clocks_that_wait_for_each_other_are_a_fault() -> None:
    text = changed("within: 20, unit: working_days}", "within: 20, unit: days, after: learned}")
    faults = check_policy(text, "ours.yaml")
    assert {re.sub("`.*`", "`…`", fault.what) for fault in faults} == {
        "The clock `…` waits for itself in the end."
    }
    assert len(faults) == 2


@given(st.integers(0, len(LINES) - 1))
def test_a_line_that_is_missing_is_a_fault_or_leaves_a_whole_policy(number: int) -> None:
    text = "\n".join(LINES[:number] + LINES[number + 1 :])
    if check_policy(text, "ours.yaml"):
        with pytest.raises(BadFile):
            read_policy(text, "ours.yaml")
    else:
        assert read_published(text, "ours") == read_policy(text, "ours.yaml")


SPLICES = ["", "0", "-1", "61", "x", "[]", "{}", "null", "~", '""', "{x}", "'", ": ", "\n", "007"]


@given(
    st.integers(0, len(TEXT)), st.integers(0, 12), st.sampled_from(SPLICES) | st.text(max_size=8)
)
def test_what_has_no_fault_can_be_read_and_nothing_else_can(
    start: int, length: int, splice: str
) -> None:
    text = TEXT[:start] + splice + TEXT[start + length :]
    faults = check_policy(text, "ours.yaml")
    assert all(fault.what and fault.remedy and fault.line >= 1 for fault in faults)
    try:
        read_policy(text, "ours.yaml")
    except BadFile:
        assert faults
    else:
        assert not faults
