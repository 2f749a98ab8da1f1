"""What text may be kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.rules.text import REASON, folded, safe_file_name, text_fault, visible

KEPT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(KEPT)
def test_any_real_text_may_be_kept(text: str) -> None:
    assert text_fault(text) is None


@given(KEPT, st.sampled_from(["\x00", "\ud800", "\udfff"]), KEPT)
def test_what_no_database_takes_is_a_fault(before: str, bad: str, after: str) -> None:
    said = str(text_fault(before + bad + after))
    assert said == "The text contains characters that are not text."


def test_the_length_is_counted_to_the_letter() -> None:
    assert text_fault("é" * 10, longest=10) is None
    said = str(text_fault("é" * 11, longest=10, called=REASON))
    assert said == "The reason is too long: it has 11 characters, and the limit is 10."


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Łódź", "lodz"),
        ("O\u2019Brien", "o'brien"),
        ("O\u2018Brien", "o'brien"),
        ("O\u02bcBrien", "o'brien"),
        ("Søren Ærø", "soren aero"),
        ("Groß STRASSE", "gross strasse"),
        ("Siân Tŷ Gwyn", "sian ty gwyn"),
        ("St. Anne\N{RIGHT SINGLE QUOTATION MARK}s", "st. anne's"),
        ("Đorđe Þór", "dorde thor"),
    ],
)
def test_names_fold_to_plain_letters(text: str, plain: str) -> None:
    assert folded(text) == folded(text.upper()) == plain


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Rota: week 1/2?", "Rota- week 1-2-"),
        ("CON", "CON-"),
        ("nul.notes", "nul.notes-"),
        ("Lpt1", "Lpt1-"),
        ("Consent form", "Consent form"),
        (" .. ", ""),
        ("a" * 79 + ". tail", "a" * 79),
    ],
)
def test_file_names_that_windows_takes(title: str, name: str) -> None:
    assert safe_file_name(title) == name


@given(st.text())
def test_any_title_gives_a_name_that_windows_takes(title: str) -> None:
    name = safe_file_name(title)
    assert not set(name) & set('<>:"/\\|?*\n\t\0')
    assert name == name.strip(" .")
    assert len(name) <= 81


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ann\tlead\n1234\tbob", "Ann\\tlead\\n1234\\tbob"),
        ("\x1b[2Jgone\r", "\\x1b[2Jgone\\r"),
        ("\x9b31m", "\\x9b31m"),
        ("pay\u202eeno", "pay\\u202eeno"),
        ("a\u2028b", "a\\u2028b"),
        ("half \ud83d", "half \\ud83d"),
        ("Łódź, Siân, 李, 👩‍⚕️ C:\\temp", "Łódź, Siân, 李, 👩‍⚕️ C:\\temp"),
    ],
)
def test_signs_that_would_move_the_cursor_are_shown_as_escapes(text: str, shown: str) -> None:
    assert visible(text) == shown
