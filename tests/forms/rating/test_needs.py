"""What stands in the way of sign-off."""

from __future__ import annotations

from typing import Any

import pytest

from forms.rating.needs import needs
from tests.support.forms.small_forms import area, form, question

FORM = form(
    area(
        "a",
        question("pick", extra="evidence: {when: [partly, not_checked], kind: note}"),
        question("files", "sample", extra="evidence: {when: [not_met], kind: document}"),
    ),
    area(
        "b",
        question("said", "text", extra="required: false"),
        question("day", extra="relevant: \"setting.kind == 'day'\""),
    ),
)
GOOD: dict[str, Any] = {"pick": {"value": "met"}, "files": {"checked": 4, "met": 4}}


def missing(
    changes: dict[str, Any],
    setting: dict[str, Any] | None = None,
    kinds: dict[str, set[str]] | None = None,
) -> list[tuple[str, str]]:
    return [(n.question, n.what) for n in needs(FORM, GOOD | changes, setting, kinds or {})]


def test_nothing_stands_in_the_way() -> None:
    assert missing({}) == []


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"pick": {}}, [("pick", "answer")]),
        ({"files": {"checked": 0, "met": 0}}, [("files", "answer")]),
        ({"pick": {"value": "not_applicable"}}, [("pick", "reason")]),
        ({"pick": {"value": "not_applicable", "reason": " "}}, [("pick", "reason")]),
        ({"pick": {"value": "not_applicable", "reason": "Day only"}}, []),
        ({"pick": {"value": "partly"}}, [("pick", "note")]),
        ({"pick": {"value": "partly", "note": "Two of five"}}, []),
        ({"pick": {"value": "not_checked"}}, [("pick", "reason"), ("pick", "note")]),
        ({"files": {"value": "not_checked"}}, [("files", "reason")]),
        ({"files": {"value": "not_known"}}, [("files", "reason")]),
        ({"files": {"value": "not_known", "reason": "The list is lost"}}, []),
        ({"files": {"checked": 4, "met": 0}}, [("files", "document")]),
    ],
)
def test_what_is_missing(changes: dict[str, Any], what: list[tuple[str, str]]) -> None:
    assert missing(changes) == what


def test_evidence_of_the_right_kind_is_enough() -> None:
    poor = {"files": {"checked": 4, "met": 0, "note": "Seen"}}
    assert missing(poor, kinds={"files": {"photo"}, "pick": {"document"}}) == [
        ("files", "document")
    ]
    assert missing(poor, kinds={"files": {"photo", "document"}}) == []


def test_only_questions_that_are_asked_are_needed() -> None:
    assert missing({}, {"kind": "day"}) == [("day", "answer")]
    assert missing({"day": {"value": "not_applicable"}}, {"kind": "nursing"}) == []


def test_a_need_says_where_and_what() -> None:
    answers = {"pick": {"value": "not_checked"}, "files": {"checked": 4, "met": 0}}
    assert [need.text for need in needs(FORM, answers, {"kind": "day"}, {})] == [
        "Question 1.1 is Not checked and needs a reason.",
        "Question 1.1 is Not checked and needs a note.",
        "Question 1.2 is Not met and needs a document as evidence.",
        "Question 2.2 has no answer.",
    ]
