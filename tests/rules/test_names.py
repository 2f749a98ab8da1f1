"""What of a name tells one service from another."""

from __future__ import annotations

import pytest

from visitapp.rules.names import telling_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Larch House Nursing Home Ltd", {"larch"}),
        ("St. Hilda's Court", {"st", "hildas"}),
        ("ST HILDA\u2019S", {"st", "hildas"}),
        ("The Care Home", set()),
        ("Tŷ Gwyn", {"ty", "gwyn"}),
        ("", set()),
    ],
)
def test_only_words_that_tell_are_left(name: str, words: set[str]) -> None:
    assert telling_words(name) == words
