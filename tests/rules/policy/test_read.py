"""A published policy never changes; programs do, and read each other's."""

from __future__ import annotations

import jsonschema
import pytest
import yaml

from visitapp.errors import BadFile, Code
from visitapp.rules.policy.check import check_policy
from visitapp.rules.policy.keys import schema
from visitapp.rules.policy.read import (
    read_published,
    shipped_policy,
    shipped_text,
    unknown_keys,
)

TEXT = shipped_text().replace('version: "2026.1"', 'version: "2027.1"').replace("red: 3", "red: 2")


def test_what_an_older_program_published_has_the_values_that_ship_for_newer_sections() -> None:
    older = TEXT[: TEXT.index("# Have these checked")]
    assert any("retention" in fault.what for fault in check_policy(older, "older.yaml"))
    policy = read_published(older, "2027.1")
    assert policy.visits.quality_months.red == 2
    assert policy.retention == shipped_policy().retention


def test_a_key_that_came_later_has_the_value_that_ships() -> None:
    older = TEXT.replace("  first_visits: 5        # ours\n", "")
    assert read_published(older, "2027.1").review == shipped_policy().review


def test_a_purpose_without_a_clock_keeps_none() -> None:
    policy = read_published(TEXT.replace("    intervention: 1 ", "    joint: 6 "), "2027.1")
    assert policy.visits.purpose_months == {"contract_review": 12, "joint": 6}


def test_what_a_newer_program_published_is_used_as_far_as_it_is_known() -> None:
    newer = TEXT.replace("risk:\n", "ladder:\n  steps: 8\n\nrisk:\n  appetite: low\n", 1)
    assert check_policy(newer, "newer.yaml")
    assert unknown_keys(newer) == ["ladder"]
    policy = read_published(newer, "2027.1")
    assert policy.visits.quality_months.red == 2


@pytest.mark.parametrize("text", [TEXT.replace("red: 2", "red: 90"), "{", "", "- 1"])
def test_a_value_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(BadFile) as refused:
        read_published(text, "2027.1")
    assert refused.value.code is Code.POLICY_FAULTS


def test_the_schema_for_editors_takes_the_policy_that_ships() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    plain = yaml.safe_load(shipped_text())
    plain["in_force_from"] = plain["in_force_from"].isoformat()
    jsonschema.validate(plain, schema())
    plain["visits"]["quality_months"]["red"] = 0
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
