"""What a step may bring along is checked whatever a device sent."""

from __future__ import annotations

import pytest

from visitapp.rules.action_life import ACTION
from visitapp.rules.conflict_life import CONFLICT


@pytest.mark.parametrize("value", [{}, [], None, 1, "neither"])
def test_a_choice_may_be_anything_that_json_holds(value: object) -> None:
    assert not CONFLICT.derived.sets["kept"](value)
    assert not ACTION.derived.sets["how"](value)
