"""What an answer may hold, when it is an answer, and which questions are asked."""

from __future__ import annotations

from typing import Any

import pytest

from forms.rating.answers import check_answers, is_answered, relevant_questions, scale_value
from forms.rating.suggest import suggested_action
from tests.support.forms.small_forms import area, form, question
from tests.support.rows import rows

FORM = form(
    area(
        "a",
        question("pick", extra="action: {when: [not_met], suggest: Mend it, due_days: 3}"),
        question("files", "sample", extra="action: {when: [partly], suggest: Review the files}"),
        question("share", "percent"),
        question("said", "text"),
        question("on", "date"),
        question("met", "people"),
        "      - {id: count, ask: Count?, type: number, unit: drills}\n",
        question("late", "number", extra="relevant: answers.count > 2"),
    )
)

GOOD: list[tuple[str, dict[str, Any], bool]] = [
    ("pick", {"value": "met", "note": "Seen", "reason": None}, True),
    ("pick", {"value": "not_checked", "reason": "No time"}, True),
    ("pick", {"value": None}, False),
    ("pick", {"value": ""}, False),
    ("pick", {"note": "To do"}, False),
    ("files", {"checked": 5, "met": 0}, True),
    ("files", {"checked": 0, "met": 0}, False),
    ("files", {"checked": 5}, False),
    ("files", {"value": None, "checked": None, "met": None}, False),
    ("files", {"value": "not_applicable", "reason": "Nobody has one"}, True),
    ("share", {"value": 0}, True),
    ("share", {"value": 99.5}, True),
    ("share", {"value": "not_checked"}, True),
    ("share", {"value": "not_known", "reason": "The list is lost"}, True),
    ("files", {"value": "not_known"}, True),
    ("count", {"value": "not_known"}, True),
    ("said", {"value": "Kind"}, True),
    ("said", {"value": "  "}, False),
    ("on", {"value": "2026-11-22"}, True),
    ("met", {"value": {"people": 3, "staff": 0}}, True),
    ("met", {"value": {"relatives": None, "professionals": 1}}, True),
    ("count", {"value": -4}, True),
    ("count", {"value": 1e9}, True),
]


@rows(("name", "answer", "answered"), GOOD)
def test_what_can_be_taken(name: str, answer: dict[str, Any], answered: bool) -> None:
    assert check_answers(FORM, {name: answer}) == []
    assert is_answered(FORM.questions[name], answer) is answered


BAD: list[tuple[Any, str]] = [
    (["pick"], "The answers must be one object, with an entry for each question."),
    ({"pik": {"value": "met"}}, "'pik' is not a question of this form."),
    ({3: {"value": "met"}}, "3 is not a question of this form."),
    ({"pick": "met"}, 'pick: The answer must be an object, such as {"value": "met"}.'),
    (
        {"pick": {"value": "good"}},
        "pick: 'good' is not on its scale. Use met, partly, not_met, not_applicable, not_checked.",
    ),
    ({"pick": {"value": ["met"]}}, "pick: ['met'] is not on its scale"),
    ({"pick": {"valu": "met"}}, "pick: 'valu' is not part of an answer."),
    ({"pick": {"value": "met", "note": 3}}, "pick: The note must be text."),
    (
        {"pick": {"value": "met", "checked": 3}},
        "pick: Only a sample has checked and met. Use value.",
    ),
    ({"files": {"checked": 3, "met": 4}}, "files: The number met is 4, more than the 3 checked."),
    ({"files": {"met": 4}}, "files: The number met is given without the number checked."),
    (
        {"files": {"checked": -1, "met": 0}},
        "files: The numbers checked and met must be whole numbers",
    ),
    (
        {"files": {"checked": 2.5, "met": 1}},
        "files: The numbers checked and met must be whole numbers",
    ),
    (
        {"files": {"checked": True, "met": 0}},
        "files: The numbers checked and met must be whole numbers",
    ),
    ({"count": {"value": "not_checked"}}, "count: 'not_checked' is not a number that can be used."),
    ({"said": {"value": 1}}, "said: 1 is not text."),
    ({"pick": {"value": "not_known"}}, "pick: 'not_known' is not on its scale"),
    ({"files": {"value": "met"}}, "files: 'met' cannot be the answer to a sample"),
    ({"share": {"value": 101}}, "share: 101 is not a percentage from 0 to 100."),
    ({"share": {"value": "50"}}, "share: '50' is not a percentage from 0 to 100."),
    ({"count": {"value": float("nan")}}, "count: nan is not a number that can be used."),
    ({"count": {"value": 10**15}}, "count: 1000000000000000 is not a number that can be used."),
    ({"late": {"value": -1}}, "late: The number is below 0, where its bands begin."),
    ({"said": {"value": 3}}, "said: 3 is not text."),
    ({"on": {"value": "22/11/2026"}}, "on: '22/11/2026' is not a date. Write it as 2026-11-22."),
    ({"on": {"value": "2026-02-30"}}, "on: '2026-02-30' is not a date"),
    ({"met": {"value": 4}}, "met: 4 is not a count of people"),
    ({"met": {"value": {"dogs": 1, "staff": 1}}}, "met: 'dogs' is not a group of people."),
    ({"met": {"value": {"people": 1, "staff": -1}}}, "met: The count of staff must be a whole"),
]


@rows(("answers", "problem"), BAD)
def test_what_cannot_be_taken(answers: Any, problem: str) -> None:
    problems = check_answers(FORM, answers)
    assert len(problems) == 1
    said = str(problems[0].named())
    assert said.startswith(problem)
    assert said.endswith(".")


def test_every_problem_is_told() -> None:
    answers = {"pick": {"value": "x"}, "who": {}, "files": {"checked": 1, "met": 2, "note": []}}
    assert len(check_answers(FORM, answers)) == 4


@pytest.mark.parametrize(
    ("name", "answer", "value"),
    [
        ("pick", {"value": "partly"}, "partly"),
        ("files", {"checked": 5, "met": 3}, "partly"),
        ("files", {"checked": 0, "met": 0}, None),
        ("share", {"value": 12.5}, "not_met"),
        ("share", {"value": "not_checked"}, "not_checked"),
        ("count", {"value": 3}, None),
        ("said", {"value": "met"}, None),
        ("pick", None, None),
    ],
)
def test_the_scale_value_of_an_answer(
    name: str, answer: dict[str, Any] | None, value: str | None
) -> None:
    found = scale_value(FORM.questions[name], answer)
    assert (found.value if found else None) == value


def test_which_questions_are_asked() -> None:
    everything = set(FORM.questions)
    assert relevant_questions(FORM, {}) == everything - {"late"}
    assert relevant_questions(FORM, {"count": {"value": 2}}) == everything - {"late"}
    assert relevant_questions(FORM, {"count": {"value": 2.5}}, {}) == everything


def test_an_answer_suggests_its_action() -> None:
    rule = suggested_action(FORM.questions["pick"], {"value": "not_met"})
    assert rule is not None
    assert (rule.suggest, rule.priority, rule.due_days) == ("Mend it", "medium", 3)
    rule = suggested_action(FORM.questions["files"], {"checked": 4, "met": 3})
    assert rule is not None
    assert rule.suggest == "Review the files"
    assert suggested_action(FORM.questions["pick"], {"value": "met"}) is None
    assert suggested_action(FORM.questions["files"], {"checked": 0, "met": 0}) is None
    assert suggested_action(FORM.questions["said"], {"value": "not_met"}) is None
