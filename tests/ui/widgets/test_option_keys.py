"""A digit that stands in an option's label chooses that option and no other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.catalogue.catalogue import shipped
from visitapp.ui.widgets.option_keys import option_keys

LABELS = st.lists(
    st.from_regex(r"[A-Za-z0-9 ]{1,12}", fullmatch=True), min_size=1, max_size=12, unique=True
)


def chosen(labels: list[str], key: str) -> str | None:
    """The label that a key chooses."""
    found = [
        label for label, own in zip(labels, option_keys(labels), strict=True) if key in own.keys
    ]
    assert len(found) <= 1, found
    return found[0] if found else None


@pytest.mark.parametrize(
    ("labels", "key", "expected"),
    [
        (["Met", "Partly met", "Not met"], "2", "Partly met"),
        (["Met", "Partly met", "Not met"], "4", None),
        (["5", "4", "3", "2", "1", "0"], "5", "5"),
        (["5", "4", "3", "2", "1", "0"], "1", "1"),
        (["5", "4", "3", "2", "1", "0"], "0", "0"),
        (["Grade 6", "Grade 5", "Grade 4"], "5", "Grade 5"),
        (["Grade 6", "Grade 5", "Grade 4"], "1", None),
        (["4 or 5", "3", "2 or lower"], "4", "4 or 5"),
        (["4 or 5", "3", "2 or lower"], "5", "4 or 5"),
        (["4 or 5", "3", "2 or lower"], "0", "2 or lower"),
        (["4 or 5", "3", "2 or lower"], "3", "3"),
        (["4 or 5", "3", "2 or lower", "Not checked"], "C", "Not checked"),
        (["1 to 3", "4 or more"], "2", "1 to 3"),
        (["1 to 3", "4 or more"], "9", "4 or more"),
        (["5 or more", "Less than 5"], "5", "5 or more"),
        (["Within 24 hours", "Later"], "2", "Later"),
        (["90% or more", "Less"], "1", "90% or more"),
        (["Outstanding or grades 5 and 6", "Good or grade 4"], "4", "Good or grade 4"),
        (["Outstanding or grades 5 and 6", "Good or grade 4"], "1", None),
        (["Pass", "5", "Exempt"], "P", "Pass"),
    ],
)
def test_a_key_chooses_by_the_label(labels: list[str], key: str, expected: str | None) -> None:
    assert chosen(labels, key) == expected


@given(LABELS)
def test_no_key_chooses_two_options_and_no_digit_a_label_with_other_figures(
    labels: list[str],
) -> None:
    for key in "0123456789":
        label = chosen(labels, key)
        figures = re.findall(r"\b\d\b", label or "")
        if figures and label is not None and " or " not in label and " to " not in label:
            assert key in figures, (label, key)


def test_every_option_of_a_shipped_form_has_a_key_that_it_shows() -> None:
    library = shipped()
    assert len(library.summaries()) > 18
    for summary in library.summaries():
        for question in library.form(summary.id, summary.version).questions.values():
            values = question.scale.values if question.scale else ()
            labels = [value.label for value in values]
            for label, own in zip(labels, option_keys(labels), strict=True):
                assert own.keys, (summary.id, question.id, label)
                assert own.shown
                assert all(chosen(labels, key) == label for key in own.keys)
