"""A text that goes to other teams names nobody."""

from __future__ import annotations

import pytest

from visitapp.rules.personal_text import exception_text_fault, is_nhs_number, personal_fault

NAMES = ["Rosalind Achterberg", "Tom O'Dwyer", "Sunny"]


@pytest.mark.parametrize(
    "text",
    [
        "No admissions while Rosalind Achterberg is away",
        "Ask rosalind  achterberg.",
        "On Tom O'Dwyer's word",
        "Ring Mrs Ellery first",
        "Ask Dr. Ellery",
        "Mail duty.desk@council.example",
        "Ring 01632 960 123",
        "Ring (01632) 960123",
        "Ring +44 7700 900123 before six",
        "Only for 943 476 5919",
    ],
)
def test_who_is_named_is_refused(text: str) -> None:
    fault = personal_fault(text, NAMES)
    assert fault is not None
    assert str(fault).startswith("The condition is sent to other teams, so it names nobody")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nobody who needs two carers at night",
        "No more than 2 of 24 beds until 2026-12-20, and none from 08:00 to 20:00",
        "At most 10 admissions by 20 December 2026; 01/12/2026 at the earliest",
        "Only the sunny side of the house",
        "A nurse on each floor, seen on 12-11-2026 and 03-12-2026",
        "Miss no handover",
    ],
)
def test_a_condition_about_care_is_taken(text: str) -> None:
    assert personal_fault(text, NAMES) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mrs Jane Smith NHS 943 476 5919", "943 476 5919"),
        ("NHS9434765919, or 9434765919", "9434765919"),
        ("After 24 943 476 5919 moves", "943 476 5919"),
        ("For Mrs Jane Smith alone", "Mrs Jane Smith"),
        ("Dr. Ellery asked", "Dr. Ellery"),
    ],
)
def test_an_exception_names_nobody(text: str, found: str) -> None:
    fault = exception_text_fault(text)
    assert str(fault) == (
        f"A placement exception names a person by a code alone: leave out “{found}”."
    )


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "Her husband lives there.",
        "P31 moves from LAS-204417 on 2026-12-20",
        "Ring 01632 960 123, order 943 476 5918",
        "Order 94347659190",
    ],
)
def test_an_exception_without_a_name_is_taken(text: str | None) -> None:
    assert exception_text_fault(text) is None


@pytest.mark.parametrize("digits", ["9434765919", "4505577104", "1234567881"])
def test_each_other_check_digit_makes_no_nhs_number(digits: str) -> None:
    others = [digits[:9] + str(last) for last in range(10)]
    assert [one for one in others if is_nhs_number(one)] == [digits]
