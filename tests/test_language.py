"""One catalogue: full plural rules, messages worded when they are shown, safe places."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from visitapp.language import (
    Message,
    choose_language,
    counted,
    fill,
    languages,
    message,
    plural,
    pseudo,
    translate,
)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    choose_language("en")


def test_english_is_spoken_without_a_catalogue() -> None:
    assert translate("Remove {who} from this visit", who="Ann") == "Remove Ann from this visit"
    assert plural("{n} action", "{n} actions", 1) == "1 action"
    assert plural("{n} action of {who}", "{n} actions of {who}", 0, who="Ann") == "0 actions of Ann"


def test_a_message_is_worded_when_it_is_shown() -> None:
    state = message("open")
    sentence = message("This {kind} is {state}.", kind=message("action"), state=state)
    many = counted("{n} action", "{n} actions", 2)
    assert [str(sentence), str(many)] == ["This action is open.", "2 actions"]
    choose_language("qps")
    assert str(sentence).startswith("[Thîs [àçtîöñ ] îs [öpéñ].")
    assert str(many) == pseudo("{n} actions").replace("{n}", "2")


def test_equal_messages_are_equal() -> None:
    assert message("open", who="Ann") == Message("open", {"who": "Ann"})


@pytest.mark.parametrize("template", ["{who.__class__}", "{who[0]}", "{0}", "{}", "{who!r}", "{"])
def test_a_foreign_template_reaches_nothing_but_its_parameters(template: str) -> None:
    assert fill(template, {"who": "Ann"}) == template


def test_a_parameter_is_not_read_as_a_template() -> None:
    assert fill("{a} {b}", {"a": "{b}", "b": "x"}) == "{b} x"


def test_a_place_without_a_parameter_stays() -> None:
    assert translate("{who} and {other}", who="Ann") == "Ann and {other}"


@pytest.mark.parametrize("text", ["No", "Home", "Save {n} files", "Answer questions to see them."])
def test_the_pseudo_language_is_longer_and_keeps_the_places(text: str) -> None:
    assert len(pseudo(text)) >= 1.4 * len(text)
    assert ("{n}" in pseudo(text)) == ("{n}" in text)


def test_a_language_that_is_not_there_cannot_be_chosen() -> None:
    assert languages() == ["en", "cy", "qps"]
    with pytest.raises(LookupError):
        choose_language("fr")
