"""A dash that is missing from a list is named at its line, with what to type."""

from __future__ import annotations

import pytest

from forms.format.check import check_form
from forms.format.starting import starting_form

TEXT = starting_form("small", "Small", "visit")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("      - id: records_sampled", "        id: records_sampled"),
        ("      - id: records_sampled", "      id: records_sampled"),
        ("      - id: records_sampled", "      -id: records_sampled"),
        ("      - id: anything_else", "        id: anything_else"),
        ("  - id: first_area", "  id: first_area"),
        ("  - {rag: amber, from: 60}", "  {rag: amber, from: 60}"),
        ("  - {rag: amber, from: 60}", "  -{rag: amber, from: 60}"),
        ("    - {value: partly, ", "    {value: partly, "),
        ("    - {areas: red, at_least: 2,", "    {areas: red, at_least: 2,"),
    ],
)
def test_a_missing_dash_is_named_where_it_is_missing(old: str, new: str) -> None:
    assert old in TEXT
    spoilt = TEXT.replace(old, new)
    line = next(n for n, shown in enumerate(spoilt.split("\n"), 1) if shown.startswith(new))
    (fault,) = check_form(spoilt, "small.yaml")
    assert fault.line == line
    assert "dash" in fault.what or "is repeated here" in fault.what
    assert "`- `" in fault.remedy


def test_a_list_written_as_one_item_says_that_items_begin_with_a_dash() -> None:
    (fault,) = check_form(TEXT.replace("  - id: first_area", "    id: first_area"), "small.yaml")
    assert fault.what.startswith("`areas` holds keys")
    assert "after a `-`" in fault.remedy


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: visit", "kind visit", "well-formed"),
        ('title: "Small"', "title: Small: part two", "colon"),
        ("intro: >-", "intro: [", "well-formed"),
        ("  minimum_coverage: 70", "  minimum_coverage: 70\n    rules: 3", "colon"),
    ],
)
def test_other_faults_are_not_taken_for_a_missing_dash(old: str, new: str, said: str) -> None:
    assert old in TEXT
    fault = check_form(TEXT.replace(old, new), "small.yaml")[0]
    assert said in fault.what
    assert "dash" not in fault.what
