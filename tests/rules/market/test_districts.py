"""A district that no other setting has."""

from __future__ import annotations

import pytest

from visitapp.rules.market.districts import district_warning

KNOWN = ["Northmoor", "Southmoor", "Vale of Ash", ""]


@pytest.mark.parametrize("typed", ["", "  ", "Northmoor", " Vale of Ash "])
def test_a_district_that_another_setting_has_needs_no_warning(typed: str) -> None:
    assert district_warning(typed, KNOWN) is None


def test_the_first_district_of_a_council_needs_no_warning() -> None:
    assert district_warning("Northmoor", ["", " "]) is None


@pytest.mark.parametrize(
    ("typed", "near"), [("Northmor", "Northmoor, Southmoor"), ("northmoor", "Northmoor")]
)
def test_the_nearest_districts_are_named(typed: str, near: str) -> None:
    said = str(district_warning(typed, KNOWN))
    assert said.startswith(f"No other setting is in a district called {typed}. The nearest are: ")
    assert near in said


def test_what_is_like_nothing_is_only_named() -> None:
    said = str(district_warning("Zzz", KNOWN))
    assert said == "No other setting is in a district called Zzz."
