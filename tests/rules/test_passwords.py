"""One rule for passphrases and passwords: long enough, and not what everybody chooses."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.rows import rows
from visitapp.errors import Code, Refused
from visitapp.rules.passwords import LONGEST, PASSWORD, SHORTEST, Weakness, require_strong, weakness

REFUSED = [
    ("", Weakness.TOO_SHORT),
    ("a", Weakness.TOO_SHORT),
    ("x7!Kq9", Weakness.TOO_SHORT),
    ("elevenchars", Weakness.TOO_SHORT),
    ("  elevenchars  ", Weakness.TOO_SHORT),
    ("long " * 300, Weakness.TOO_LONG),
    ("aaaaaaaaaaaaaaaa", Weakness.COMMON),
    ("abababababab", Weakness.COMMON),
    ("123456789012", Weakness.COMMON),
    ("9876543210987", Weakness.COMMON),
    ("abcdefghijklm", Weakness.COMMON),
    ("qwertyuiopas", Weakness.COMMON),
    ("1qaz2wsx3edc4rfv", Weakness.COMMON),
    ("Password1234", Weakness.COMMON),
    ("P@ssw0rd!2026", Weakness.COMMON),
    ("passwordpassword", Weakness.COMMON),
    ("Password-password", Weakness.COMMON),
    ("Summer2026!!!", Weakness.COMMON),
    ("liverpool1892", Weakness.COMMON),
    ("w e l c o m e 1", Weakness.COMMON),
    ("ann.example2026", Weakness.NAME),
    ("EXAMPLE-example", Weakness.NAME),
]


@rows(("secret", "why"), REFUSED)
def test_a_weak_secret_is_refused_with_its_reason(secret: str, why: Weakness) -> None:
    assert weakness(secret, ["Ann Example", "ann"]) is why


@pytest.mark.parametrize(
    "secret",
    [
        "correct horse battery",
        "three-small-teapots",
        "Ein Löffel für Großmutter",
        "llanfair pwllgwyngyll",
        "xkq7 vmp2 tzr9",
        "my sister is called Ann",
    ],
)
def test_a_few_words_are_taken(secret: str) -> None:
    assert weakness(secret, ["Ann Example", "ann"]) is None


@given(st.text(alphabet=string.printable, max_size=SHORTEST - 1))
def test_nothing_short_is_taken(secret: str) -> None:
    assert weakness(secret) is Weakness.TOO_SHORT


@given(st.text(max_size=LONGEST * 2), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_has_an_answer(secret: str, names: list[str]) -> None:
    assert weakness(secret, names) in {None, *Weakness}


@rows(("secret", "why"), REFUSED)
def test_a_weak_secret_is_never_quoted_in_its_refusal(secret: str, why: Weakness) -> None:
    with pytest.raises(Refused) as refused:
        require_strong(secret, PASSWORD, ["Ann Example", "ann"])
    assert refused.value.code is Code.BAD_VALUE
    assert "password" in str(refused.value.what)
    assert len(secret) < SHORTEST or secret not in str(refused.value)


@given(
    st.sampled_from(["password", "welcome", "iloveyou", "chelsea"]),
    st.text(alphabet=string.digits + "!?-. ", max_size=12),
    st.text(alphabet=string.digits + "!?-. ", max_size=12),
)
def test_digits_and_signs_around_a_common_word_do_not_make_it_strong(
    word: str, before: str, after: str
) -> None:
    assert weakness(before + word.title() + after) is not None
