"""The functions of a condition on texts, whole numbers and the day of the visit."""

from __future__ import annotations

import pytest

from forms.format.conditions import Condition
from forms.format.setting_facts import TODAY


@pytest.mark.parametrize(
    ("source", "reading", "holds"),
    [
        ("size(answers.x) == 4", "łódź", True),
        ("size(answers.x) > 4", "łódź", False),
        ("size(answers.x) == 3 || answers.x == 'size'", "size", True),
        ("int(answers.x) % 2 == 1", 5.0, True),
        ("double(int(answers.x) % 2) + 1.0 > 1", 4.0, False),
        ("answers.x < today()", "2026-11-21", True),
        ("answers.x.startsWith('ł')", "łódź", True),
    ],
)
def test_functions(source: str, reading: str | float, holds: bool) -> None:
    assert Condition(source).holds([reading], {TODAY: "2026-11-22"}, "") is holds
