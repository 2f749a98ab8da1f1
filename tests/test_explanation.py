"""An error's words as data: they come back whole, in any language, and can do nothing else."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from visitapp.errors import BadFile, Code, NotAllowed, Refused, VisitappError
from visitapp.explanation import (
    LONGEST,
    Explanation,
    Words,
    explanation_of,
    kept_text,
    messages_of,
)
from visitapp.language import choose_language, counted, either, message, verbatim

ENGLISH = "In the English of the server."
ERRORS = [
    Refused(Code.BAD_VALUE, message("An action needs a title.")),
    NotAllowed(
        message("Only a team lead can change a contract."), message("Ask {who}.", who="Lea")
    ),
    BadFile(Code.FILE_EMPTY, message("It is empty."), file="a.csv", row=3),
    Refused(
        Code.STEP_REFUSED,
        message(
            "This {kind} is {state}: {choices}, {things}.",
            kind=message("action"),
            state=message("Open").lower(),
            choices=either(["a", message("b"), "c"]),
            things=counted("{n} thing", "{n} things", 3),
        ),
    ),
]


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    choose_language("en")


def sent(error: VisitappError) -> Explanation:
    """What another program reads of an error."""
    return msgspec.json.decode(msgspec.json.encode(explanation_of(error)), type=Explanation)


def worded(explanation: Explanation | None, text: str = ENGLISH) -> str:
    return " ".join(str(one) for one in messages_of(explanation, text) if one is not None)


@pytest.mark.parametrize("language", ["en", "qps"])
@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_an_error_comes_back_in_the_language_of_its_reader(
    error: VisitappError, language: str
) -> None:
    explanation = sent(error)
    choose_language(language)
    assert worded(explanation) == str(error)
    assert kept_text(msgspec.to_builtins(explanation), ENGLISH) == str(error)


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_the_english_of_an_error_is_the_same_in_every_language(error: VisitappError) -> None:
    plain = str(error)
    choose_language("qps")
    assert error.english() == plain
    assert str(error) != plain


def test_a_long_list_comes_back_whole() -> None:
    names = [f"name {n}" for n in range(60)]
    error = Refused(Code.BAD_VALUE, message("Use {names}.", names=either(names)))
    assert worded(sent(error)) == f"Use {', '.join(names[:-1])} or name 59."


def test_values_that_are_no_text_are_written_out() -> None:
    error = Refused(Code.BAD_VALUE, message("{file}, {n}, {why}", file=Path("a/b"), n=3, why=None))
    assert worded(sent(error)) == "a/b, 3, None"


def test_a_sentence_that_nobody_here_knows_is_shown_in_english() -> None:
    newer = Words(template="A sentence of {year}.", parameters={"year": 2031})
    assert worded(Explanation(what=newer)) == "A sentence of 2031."
    assert worded(None) == ENGLISH
    assert kept_text(None, ENGLISH) == ENGLISH


@pytest.mark.parametrize(
    "template", ["{who.__class__}", "{who[0]}", "{who!r:>99999999}", "{0}", "{}", "{", "%(who)s"]
)
def test_a_hostile_template_reaches_nothing(template: str) -> None:
    words = Words(template=template, parameters={"who": "Ann"})
    assert worded(Explanation(what=words)) == template


def test_a_value_is_never_a_template() -> None:
    words = Words(template="{a}{b}", parameters={"a": "{b}", "b": "{a}"})
    assert worded(Explanation(what=words)) == "{b}{a}"


def nested(depth: int, width: int) -> Words:
    words = Words(template="x")
    for _ in range(depth):
        words = Words(template="{a}" * width, parameters={"a": words})
    return words


@pytest.mark.parametrize(("depth", "width"), [(7, 1000), (9, 1), (100, 2), (1, LONGEST)])
def test_words_that_grow_without_end_are_not_worded(depth: int, width: int) -> None:
    began = time.process_time()
    assert worded(Explanation(what=nested(depth, width))) == ENGLISH
    assert (
        worded(Explanation(what=Words(template="No."), next_step=nested(depth, width))) == ENGLISH
    )
    assert time.process_time() - began < 60


@pytest.mark.parametrize(
    "kept",
    [7, "words", [], {}, {"what": "x"}, {"what": {"template": 1}}, {"what": {"parameters": {}}}],
)
def test_what_is_kept_and_no_explanation_leaves_the_english_text(kept: Any) -> None:
    assert kept_text(kept, ENGLISH) == ENGLISH


def test_a_text_of_another_program_stays_as_it_is() -> None:
    assert str(Refused(Code.BUG, verbatim("{name} failed"))) == "{name} failed"


def test_a_parameter_that_is_yes_or_no_comes_back_as_text() -> None:
    error = Refused(Code.BAD_VALUE, message("{percent} per cent", percent=True))
    what, _ = messages_of(sent(error), ENGLISH)
    assert str(what) == "True per cent"
