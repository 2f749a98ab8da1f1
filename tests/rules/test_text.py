"""What text may be kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from visitapp.rules.text import text_fault

KEPT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(KEPT)
def test_any_real_text_may_be_kept(text: str) -> None:
    assert text_fault(text) is None


@given(KEPT, st.sampled_from(["\x00", "\ud800", "\udfff"]), KEPT)
def test_what_no_database_takes_is_a_fault(before: str, bad: str, after: str) -> None:
    assert text_fault(before + bad + after) == "holds characters that are not text"


def test_the_length_is_counted_to_the_letter() -> None:
    assert text_fault("é" * 10, longest=10) is None
    assert text_fault("é" * 11, longest=10) == "is too long: 11 characters, where 10 fit"
