"""A published policy never changes; programs do, and read each other's."""

from __future__ import annotations

from datetime import date

import jsonschema
import pytest
import yaml

from tests.support.policies.texts import months_of_red, policy_text, red_within
from visitapp.errors import BadFile, Code
from visitapp.rules.policy.check import check_policy
from visitapp.rules.policy.keys import schema
from visitapp.rules.policy.read import (
    read_published,
    shipped_policy,
    shipped_text,
    unknown_keys,
)

TEXT = policy_text("2027.1", date(2026, 1, 1), red_within(2))

FIGURES = """\
visits:
  quality_months:
    green: 24
    amber: 9
    red: 2
    unrated: 18
  purpose_months:
    contract_review: 10
    intervention: 1
    joint: 6
  first_visit_days: 21
  due_soon_days: 14

"""
"""How visits were written before their rules were a list."""


def with_figures(figures: str = FIGURES) -> str:
    return TEXT[: TEXT.index("visits:\n")] + figures + TEXT[TEXT.index("working_days:\n") :]


def test_what_an_older_program_published_has_the_values_that_ship_for_newer_sections() -> None:
    older = TEXT[: TEXT.index("# Have these checked")]
    assert any("retention" in fault.what for fault in check_policy(older, "older.yaml"))
    policy = read_published(older, "2027.1")
    assert months_of_red(policy) == 2
    assert policy.retention == shipped_policy().retention


def test_a_key_that_came_later_has_the_value_that_ships() -> None:
    older = TEXT.replace("  first_visits: 5        # ours\n", "")
    assert read_published(older, "2027.1").review == shipped_policy().review


def test_figures_of_visits_keep_their_meaning() -> None:
    visits = read_published(with_figures(), "2026.9").visits
    assert visits.due_soon_days == 14
    rules = {rule.id: rule for rule in visits.rules}
    assert len(rules) == len(visits.rules)
    again = {
        rating: (rule.within, rule.unit)
        for rule in visits.rules
        if (rule.purpose, rule.of) == ("annual", "last_visit")
        for rating in rule.ratings
    }
    assert again == {
        "green": (24, "months"),
        "amber": (9, "months"),
        "red": (2, "months"),
        "unrated": (18, "months"),
    }
    assert (rules["first"].within, rules["first"].of) == (21, "joined")
    assert (rules["contract_review"].within, rules["joint"].purpose) == (10, "joint")
    assert rules["intervention"].intervention == "open"
    assert "yearly" not in rules, "a setting rated Green is due every 24 months"


def test_figures_of_visits_get_the_rules_that_they_did_not_know() -> None:
    rules = {rule.id: rule for rule in read_published(with_figures(), "2026.9").visits.rules}
    shipped = {rule.id: rule for rule in shipped_policy().visits.rules}
    assert rules["inadequate"] == shipped["inadequate"]
    assert rules["new_manager"] == shipped["new_manager"]


def test_a_figure_that_cannot_be_used_is_refused_on_its_line() -> None:
    with pytest.raises(BadFile) as refused:
        read_published(with_figures(FIGURES.replace("red: 2", "red: 90")), "2026.9")
    assert refused.value.row == with_figures().splitlines().index("    red: 2") + 1


def test_what_a_newer_program_published_is_used_as_far_as_it_is_known() -> None:
    newer = TEXT.replace("risk:\n", "ladder:\n  steps: 8\n\nrisk:\n  appetite: low\n", 1)
    assert check_policy(newer, "newer.yaml")
    assert unknown_keys(newer) == ["ladder"]
    policy = read_published(newer, "2027.1")
    assert months_of_red(policy) == 2


@pytest.mark.parametrize(
    "text", [TEXT.replace("none, within: 2", "none, within: 90"), "{", "", "- 1"]
)
def test_a_value_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_published(text, "2027.1")
    assert refused.value.code is Code.POLICY_FAULTS


def test_the_schema_for_editors_takes_the_policy_that_ships() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    plain = yaml.safe_load(shipped_text())
    plain["in_force_from"] = plain["in_force_from"].isoformat()
    jsonschema.validate(plain, schema())
    plain["visits"]["rules"][0]["within"] = 0
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain, schema())


def test_every_key_of_the_schema_is_explained() -> None:
    def unexplained(node: object, path: str = "") -> list[str]:
        if not isinstance(node, dict):
            return []
        found = []
        for name, below in node.get("properties", {}).items():
            if not below.get("description"):
                found.append(f"{path}{name}")
            found += unexplained(below, f"{path}{name}.")
        return found + unexplained(node.get("items"), path)

    assert unexplained(schema()) == []
