"""Words are found whatever their accents, the best match first."""

from __future__ import annotations

import pytest

from visitapp.services.finding.index import Match, WordIndex

ENTRIES = [
    ("in", "Bethel House LN1 1AA"),
    ("word", "The Elms, Old Lane"),
    ("title", "Elm Court LN2 2BB"),
    ("polish", "Łódź Lodge"),
    ("danish", "Sølund"),
    ("german", "Weißdorn Court"),
    ("both", "Fire doors Elm Court"),
]


def found(text: str, most: int = 10) -> list[str]:
    return [id_ for _, id_ in WordIndex(ENTRIES).find(text, most)]


def test_the_beginning_of_a_name_comes_before_that_of_a_word_and_the_inside_of_one() -> None:
    assert found("el") == ["title", "word", "both", "in"]
    assert WordIndex(ENTRIES).find("el", 1) == [(Match.TITLE_BEGINS, "title")]


@pytest.mark.parametrize(
    ("text", "id_"),
    [("lodz", "polish"), ("ŁÓDŹ", "polish"), ("solund", "danish"), ("weissdorn", "german")],
)
def test_letters_with_marks_are_found_without_them(text: str, id_: str) -> None:
    assert found(text) == [id_]


def test_every_word_has_to_be_there_in_any_order() -> None:
    assert found("court fire") == ["both"]
    assert found("court moon") == []
    assert found("  ") == []


def test_no_more_are_found_than_wanted_and_the_best_are_kept() -> None:
    many = WordIndex([*((f"m{n}", f"Old elm {n}") for n in range(50)), ("t", "Elm")])
    assert [id_ for _, id_ in many.find("elm", 3)] == ["t", "m0", "m1"]
