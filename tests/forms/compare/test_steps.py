"""Whether two versions of a question measure the same."""

from __future__ import annotations

import pytest

from forms.catalogue.catalogue import shipped
from forms.compare.steps import measured_differently, steps
from forms.model import Question


def asked(form_id: str, name: str, version: str | None = None) -> Question:
    return shipped().form(form_id, version).questions[name]


@pytest.mark.parametrize(
    ("name", "different"),
    [
        ("mandatory_training", True),  # 90 and 75, now 100 and 75
        ("hot_water", True),  # one step, now three
        ("hygiene_rating", True),  # "4 or 5", now each rating
        ("agency_use", False),
        ("dignity", False),
        ("liberty_conditions_count", False),  # a count without a scale
        ("people_said", False),
    ],
)
def test_steps_that_changed_between_two_versions(name: str, different: bool) -> None:
    old, new = asked("residential-quality", name, "2026.1"), asked("residential-quality", name)
    assert measured_differently(old, new) is different


def test_what_a_form_calls_its_steps_makes_no_difference() -> None:
    visit, risk = asked("contract-review", "occupancy"), asked("twelve-factor", "occupancy")
    assert steps(visit) == steps(risk) != frozenset()
    assert not measured_differently(visit, risk)
