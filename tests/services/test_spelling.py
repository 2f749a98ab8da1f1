"""Which words are wrong, what they are meant as, and the words of one's own."""

from __future__ import annotations

import pytest

from visitapp.errors import Refused
from visitapp.language import choose_language
from visitapp.services.services import Services
from visitapp.services.spelling import MOST_OWN, Spelling


@pytest.fixture
def spelling(services: Services) -> Spelling:
    services.spelling.load()
    return services.spelling


def wrong(spelling: Spelling, text: str) -> list[str]:
    return [text[start : start + length] for start, length in spelling.wrong(text)]


def test_words_that_are_in_no_list_are_found(spelling: Spelling) -> None:
    text = "Staff recieved training in safegarding. Teh rota was mispeled, and the colour faded."
    assert wrong(spelling, text) == ["recieved", "safegarding", "Teh", "mispeled"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SU3 and ST2 were seen by the CQC at 10.30am.",
        "We met at Quillmarsh House with Pellowick staff.",
        "Write to team@quillmarsh.example or www.quillmarsh.example.",
        "The manager\N{RIGHT SINGLE QUOTATION MARK}s notes, the people's and the providers' too.",
        ";fals",
        "Organised, personalised whistleblowing, wellbeing and bedrails.",
        "WELL-BEING and/or re-assessment",
    ],
)
def test_codes_names_and_words_of_the_field_are_no_faults(spelling: Spelling, text: str) -> None:
    assert wrong(spelling, text) == []


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("recieved", "received"),
        ("safegarding", "safeguarding"),
        ("mispeled", "misspelled"),
        ("Definately", "Definitely"),
        ("wheelchiar", "wheelchair"),
        ("accomodation", "accommodation"),
        ("teh", "the"),
        ("medcine", "medicine"),
    ],
)
def test_the_word_that_was_meant_comes_first(spelling: Spelling, word: str, meant: str) -> None:
    assert spelling.suggest(word)[0] == meant
    assert spelling.knows(meant)


def test_nothing_is_suggested_for_what_is_like_nothing(spelling: Spelling) -> None:
    assert spelling.suggest("xqzzvk") == []
    assert spelling.suggest("x" * 5_000) == []


def test_a_word_of_ones_own_is_right_from_then_on(spelling: Spelling, services: Services) -> None:
    assert wrong(spelling, "the snozzle") == ["snozzle"]
    before = spelling.version
    spelling.learn("Snozzle")
    assert spelling.version != before
    assert wrong(spelling, "the snozzle, the snozzle's") == []
    assert "snozzle" in spelling.suggest("snozle")
    assert Spelling(services.desk).own() == ["Snozzle"]
    spelling.forget("snozzle")
    assert wrong(spelling, "the snozzle") == ["snozzle"]
    assert spelling.own() == []


@pytest.mark.parametrize("word", ["", "two words", "SU3", "a" * 41, "x;y"])
def test_what_is_no_word_is_refused(spelling: Spelling, word: str) -> None:
    with pytest.raises(Refused):
        spelling.learn(word)
    assert spelling.own() == []


def test_there_is_a_most_of_ones_own(spelling: Spelling, services: Services) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = ["q" + a + b + c for a in letters for b in letters for c in letters[:3]][:MOST_OWN]
    with services.desk.database.applying() as session:
        services.desk.states.set(session, "own_words", many)
    with pytest.raises(Refused, match="the most"):
        spelling.learn("snozzle")


def test_it_can_be_turned_off_and_is_off_in_welsh(spelling: Spelling, services: Services) -> None:
    assert spelling.on
    spelling.turn(on=False)
    assert not Spelling(services.desk).on
    spelling.turn(on=True)
    choose_language("cy")
    try:
        assert not spelling.on
    finally:
        choose_language("en")


def test_nothing_is_wrong_before_the_list_is_read(services: Services) -> None:
    assert list(services.spelling.wrong("teh rota")) == []
