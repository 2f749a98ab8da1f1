"""A warning where one note or one piece of evidence drives several findings, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from forms.catalogue.catalogue import shipped
from forms.rating.double_counting import Piece, double_counting

FORM = shipped().form("residential-quality")
FIRST, SECOND = [
    question
    for question in FORM.questions.values()
    if question.type == "choice"
    and question.scale
    and question.scale.id == "standard"
    and question.weight
    and not question.relevant
][:2]
NOTE = "Two falls were not written up."


def finding(note: str = "", value: str = "not_met") -> dict[str, Any]:
    return {"value": value, "note": note}


def both(note: str, other: str, value: str = "partly") -> dict[str, dict[str, Any]]:
    return {FIRST.id: finding(note), SECOND.id: finding(other, value)}


def test_the_same_note_behind_two_findings_is_told_once() -> None:
    (warning,) = double_counting(FORM, both(NOTE, "  two falls were NOT\nwritten up"))
    assert warning == (
        f"The same note supports 2 findings, {FIRST.number} and {SECOND.number}:"
        f" \u201c{NOTE}\u201d. Check that one fact is not counted twice."
    )


@pytest.mark.parametrize(
    "answers",
    [
        {},
        both(NOTE, "Three falls were not written up."),
        both(NOTE, NOTE, "met"),
        both(NOTE, NOTE, "not_applicable"),
        both(NOTE, NOTE, "not_checked"),
        both("See above", "See above"),
        both("", ""),
        {FIRST.id: finding(NOTE)},
        {FIRST.id: finding(NOTE), "no_such": finding(NOTE)},
        {FIRST.id: {"value": "not_met", "note": 3}, SECOND.id: {"value": "not_met", "note": 3}},
    ],
)
def test_what_is_not_one_fact_behind_two_findings_is_not_told(answers: dict[str, Any]) -> None:
    assert double_counting(FORM, answers) == []


def test_a_question_that_is_not_asked_is_no_finding() -> None:
    nurses = next(
        q
        for q in FORM.questions.values()
        if q.scale and q.weight and q.relevant and "service_type" in q.relevant
    )
    if nurses.type == "sample":
        other: dict[str, Any] = {"checked": 5, "met": 0, "note": NOTE}
    else:
        other = finding(NOTE)
    answers = {FIRST.id: finding(NOTE), nurses.id: other}
    assert double_counting(FORM, answers, setting={"service_type": "residential"}) == []
    assert len(double_counting(FORM, answers, setting={"service_type": "nursing"})) == 1


def pieces(one: tuple[str, str | None], two: tuple[str, str | None]) -> list[Piece]:
    return [Piece(FIRST.id, *one), Piece(SECOND.id, *two)]


@pytest.mark.parametrize(
    ("one", "two", "told"),
    [
        (("Incident log", None), ("incident log.", None), "Evidence with the same title"),
        (("Log", "ab"), ("Something else", "ab"), "The same file"),
        (("Photo", None), ("Photo", None), None),
        (("Incident log", "ab"), ("Incident log", "cd"), None),
        (("Incident log", None), ("Referral log", None), None),
    ],
)
def test_evidence_behind_two_findings_is_told(
    one: tuple[str, str | None], two: tuple[str, str | None], told: str | None
) -> None:
    warnings = double_counting(FORM, both("", ""), pieces(one, two))
    assert [warning.startswith(told or "?") for warning in warnings] == [True] * bool(told)
    assert double_counting(FORM, both("", "", "met"), pieces(one, two)) == []


def test_evidence_twice_at_one_question_is_one_finding() -> None:
    piece = Piece(FIRST.id, "Incident log", "ab")
    assert double_counting(FORM, both("", ""), [piece, piece]) == []


def test_a_long_note_is_cut_short() -> None:
    (warning,) = double_counting(FORM, both("many words " * 50, "many words " * 50))
    assert "...\u201d" in warning
    assert len(warning) < 250
