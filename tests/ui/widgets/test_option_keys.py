"""A digit that stands in an option's label chooses that option and no other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.catalogue.catalogue import shipped
from forms.model import ScaleValue
from forms.rating.answer_values import set_aside_values
from visitapp.ui.pages.visit.keys import visit_keys
from visitapp.ui.widgets.option_keys import letter_keys, option_keys

LABELS = st.lists(
    st.from_regex(r"[A-Za-z0-9 ]{1,12}", fullmatch=True), min_size=1, max_size=12, unique=True
)


def scale(labels: list[str]) -> list[ScaleValue]:
    """Values with these labels, as a form would have them."""
    made = [(label.lower().replace(" ", "_"), label) for label in labels]
    return [
        ScaleValue(value=value, label=label, unchecked=value == "not_checked")
        for value, label in made
    ]


def chosen(labels: list[str], key: str) -> str | None:
    """The label that a key chooses."""
    keys = option_keys(scale(labels))
    found = [label for label, own in zip(labels, keys, strict=True) if key in own.keys]
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
            keys = option_keys(values)
            for value, own in zip(values, keys, strict=True):
                assert own.keys, (summary.id, question.id, value.label)
                assert own.shown
            given = [key for own in keys for key in own.keys]
            assert len(given) == len(set(given)), (summary.id, question.id)


COMMANDS = {key for one in visit_keys() for key in one.keys if len(key) == 1}


def test_c_and_x_mean_one_thing_in_every_form_and_no_command_stands_for_an_option() -> None:
    """C: nothing was checked or is known; X: Not applicable; at a choice and beside a figure."""
    library, met = shipped(), set()
    for summary in library.summaries():
        for question in library.form(summary.id, summary.version).questions.values():
            scale_of = question.scale.values if question.scale else ()
            choice = question.type == "choice"
            values = scale_of if choice else set_aside_values(question)
            keys = option_keys(values) if choice else letter_keys(values)
            for value, own in zip(values, keys, strict=True):
                where = (summary.id, question.id, value.label, own.shown)
                assert not COMMANDS & set(own.keys), where
                if set(own.keys) & {"C", "X"}:
                    met.add(own.shown)
                    assert (
                        value.unchecked if own.keys == ("C",) else (value.value == "not_applicable")
                    ), where
                if value.unchecked and sum(one.unchecked for one in values) == 1:
                    assert not set(own.keys) & {"X"}, where
    assert met == {"C", "X"}
    assert {"N", "E", "A", "J", "K", "U", "G", "D", "L"} <= COMMANDS
