"""A council's rules: the file that ships, and what the reader refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forms.catalogue.catalogue import shipped
from visitapp.errors import BadFile, Code
from visitapp.rules.policy.model import Policy
from visitapp.rules.policy.read import read_policy, shipped_policy
from visitapp.rules.policy.visiting import ActionRules, RatingRules, RiskRules, VisitRules

FILE = Path(__file__).parents[2] / "resources/policy/default.yaml"
TEXT = FILE.read_text(encoding="utf-8")


def test_the_policy_that_ships_is_read_from_its_file() -> None:
    assert shipped_policy() == read_policy(TEXT, FILE.name)
    assert shipped_policy().visits.quality_months.red == 3
    assert shipped_policy().visits.purpose_months == {"contract_review": 12, "intervention": 1}
    assert shipped_policy().ratings.better_at == "approval"


def test_every_figure_names_its_source() -> None:
    """Each line with a figure says `ours` or a paper, on the line or in the comment above it."""
    comment, told = "", []
    for line in TEXT.splitlines():
        if line.strip().startswith("#"):
            comment = line
            continue
        if re.search(r": *(\d|approval|sign_off|\{)", line):
            told.append(re.search(r"\b([Oo]urs|papers? 00\d)\b", f"{comment} {line}") is not None)
        comment = ""
    assert len(told) >= 11
    assert all(told)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("red: 3", "red: 0", "quality_months.red"),
        ("red: 3", "red: soon", "quality_months.red"),
        ("red: 3", "rde: 3", "rde"),
        ("better_at: approval", "better_at: never", "ratings.better_at"),
        ("coverage_floor: 40", "coverage_floor: 140", "risk.coverage_floor"),
        ("contract_review: 12", "contract_revue: 12", "purpose_months"),
        ("days_ahead: 1", "days_ahead: 90", "ratings.days_ahead"),
        ("  first_visit_days: 28 ", "  # ", "first_visit_days"),
        ("due_soon_days: 28", "due_soon_days: 28\n  due_soon_days: 30", "twice"),
        ("risk:", "risk: !python/object:os.system", "tag"),
        ("risk:", "\trisk:", "line 26"),
    ],
)
def test_a_faulty_policy_is_refused_with_the_place_that_is_wrong(
    old: str, new: str, told: str
) -> None:
    assert old in TEXT
    with pytest.raises(BadFile, match=re.escape(told)) as refused:
        read_policy(TEXT.replace(old, new, 1), "ours.yaml")
    assert refused.value.code is Code.FILE_UNREADABLE
    assert str(refused.value).startswith("ours.yaml")


def test_every_key_is_documented() -> None:
    told = (Path(__file__).parents[2] / "docs/policy.md").read_text(encoding="utf-8")
    parts = {
        "visits": VisitRules,
        "ratings": RatingRules,
        "risk": RiskRules,
        "actions": ActionRules,
    }
    assert set(Policy.__struct_fields__) == {"version", *parts}
    named = {f"{part}.{key}" for part, rules in parts.items() for key in rules.__struct_fields__}
    assert set(re.findall(r"^\| `([\w.]+)`", told, flags=re.MULTILINE)) == {"version", *named}


def test_the_risk_models_that_ship_have_the_floor_of_the_policy() -> None:
    library = shipped()
    models = {one.id for one in library.summaries() if one.kind == "risk"}
    floors = {name: library.form(name).minimum_coverage for name in models}
    assert set(floors.values()) == {shipped_policy().risk.coverage_floor}
    assert len(floors) == 3
