"""A text that goes to other teams names nobody."""

from __future__ import annotations

import pytest

from visitapp.rules.personal_text import personal_fault

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
