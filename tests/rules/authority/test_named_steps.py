"""The steps that a policy may name: all there are, and never for more people than the program."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from visitapp.records import KINDS
from visitapp.rules.authority.named_steps import LIFECYCLES, NAMED_STEPS
from visitapp.rules.choices import Role
from visitapp.rules.policy.authority import StepAuthority, is_left_to
from visitapp.rules.policy.check import check_policy
from visitapp.rules.policy.read import read_policy, shipped_text

STEPS = st.sampled_from(list(NAMED_STEPS))
SOME_ROLES = st.sets(st.sampled_from([role.value for role in Role]), min_size=1)


def with_steps(text: str) -> str:
    return shipped_text().replace("steps: []", f"steps: [{text}]", 1)


def test_every_kind_with_steps_is_named() -> None:
    alive = {name: kind.__kind__.lifecycle for name, kind in KINDS.items()}
    assert {name: life for name, life in alive.items() if life} == LIFECYCLES


def test_every_step_is_documented() -> None:
    text = (Path(__file__).parents[3] / "docs/policy.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+_\w+) \| ([\w, ]+) \|$", text, flags=re.MULTILINE)
    told = {name: {role.strip() for role in roles.split(",")} for name, roles in rows}
    assert told == {name: set(roles) for name, roles in NAMED_STEPS.items()}


@given(STEPS, SOME_ROLES)
def test_a_policy_narrows_and_never_widens(name: str, roles: set[str]) -> None:
    text = with_steps(f"{{id: {name}, by: [{', '.join(sorted(roles))}]}}")
    widens = not roles <= NAMED_STEPS[name]
    faults = check_policy(text, "ours.yaml")
    if widens:
        assert faults
    if not faults:
        (limit,) = read_policy(text, "ours.yaml").steps
        kind = next(kind for kind in LIFECYCLES if name.startswith(f"{kind}_"))
        after = name.removeprefix(f"{kind}_")
        rules = [rule for rule in LIFECYCLES[kind].rules if rule.after == after and rule.roles]
        left = [
            {role for role in rule.roles if is_left_to([limit], kind, after, role)}
            for rule in rules
        ]
        assert all(left), "nobody could take the step"
        assert all(some <= roles for some in left)


def test_a_step_that_is_not_named_is_left_to_all() -> None:
    limits = [StepAuthority(id="visit_approved", by=("lead",))]
    assert is_left_to(limits, "visit", "returned", Role.ADMIN)
    assert not is_left_to(limits, "visit", "approved", Role.ADMIN)
    assert is_left_to(limits, "visit", "approved", Role.LEAD)
