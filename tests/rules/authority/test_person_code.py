"""Codes for a person: a case number is one, and what says who somebody is is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.rules.authority.person_code import person_code_fault


@pytest.mark.parametrize("code", ["P31", "p-7", "LAS-204417", "ABCD1", "12/345", "1234567"])
def test_a_case_number_is_a_code(code: str) -> None:
    assert person_code_fault(code) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("943 476 5919", "NHS number"),
        ("943-476-5919", "NHS number"),
        ("QQ 12 34 56 C", "National Insurance"),
        ("qq123456c", "National Insurance"),
        ("12/04/1941", "date of birth"),
        ("1941-04-12", "date of birth"),
        ("12041941", "date of birth"),
        ("Mabel Quill", "name"),
        ("M Quill 1", "name"),
        ("quill", "name"),
        ("Ann", "name"),
        ("", "Give the person's code"),
        ("P31, room 4", "no spaces"),
        ("P 31", "no spaces"),
        ("1" * 21, "at most 20"),
        ("P31\n", "no spaces"),
    ],
)
def test_what_says_who_somebody_is_is_refused(text: str, said: str) -> None:
    assert said in str(person_code_fault(text))


@given(st.from_regex(r"[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}", fullmatch=True))
def test_no_ten_digits_are_a_code(text: str) -> None:
    assert person_code_fault(text) is not None


@given(st.text(alphabet=st.characters(whitelist_categories=["Lu", "Ll", "Lo", "Zs"])))
def test_nothing_without_a_digit_is_a_code(text: str) -> None:
    assert person_code_fault(text) is not None
