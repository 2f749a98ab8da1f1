"""Rules 6 (the overall) and 9 (reasons and what would change it) of docs/form-format.md."""

from __future__ import annotations

from typing import Any

import pytest

from forms import rate
from forms.rating.outcome import ChangedAnswer, Outcome, WouldChange
from tests.support.forms.small_forms import OVERALL, area, form, question

MET, PARTLY, NOT_MET = {"value": "met"}, {"value": "partly"}, {"value": "not_met"}
NOT_CHECKED = {"value": "not_checked"}
ONE_AREA = form(area("a", question("p"), question("q"), question("r")))


def result(outcome: Outcome) -> tuple[str, int | None, int]:
    return outcome.overall, outcome.percent, outcome.coverage


# Rule 6: the overall


def told(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [(r.rule, r.area or r.question, r.to) for r in outcome.because]


THREE = [area(name, question(f"{name}1"), question(f"{name}2")) for name in "abc"]


def three(a: str, b: str, c: str) -> dict[str, Any]:
    values = {"green": (MET, MET), "amber": (MET, PARTLY), "red": (NOT_MET, PARTLY)}
    return {
        f"{name}{place}": answer
        for name, rag in zip("abc", (a, b, c), strict=True)
        for place, answer in enumerate(values[rag], start=1)
    }


@pytest.mark.parametrize(
    ("rags", "overall", "rules"),
    [
        (("green", "green", "green"), "green", [("band", "", "green")]),
        (("green", "green", "amber"), "green", [("band", "", "green")]),
        (("green", "amber", "amber"), "amber", [("areas", "", "amber")]),
        (("green", "green", "red"), "amber", [("band", "", "amber"), ("areas", "", "amber")]),
        (("green", "red", "red"), "red", [("band", "", "red"), ("areas", "", "red")]),
    ],
)
def test_6_rules_over_areas_hold_down_the_overall(
    rags: tuple[str, str, str], overall: str, rules: list[tuple[str, str, str]]
) -> None:
    outcome = rate(form(*THREE, overall=OVERALL), three(*rags))
    assert outcome.overall == overall
    assert told(outcome) == rules


def test_6_a_red_critical_area_makes_the_overall_red() -> None:
    made = form(area("a", question("p")), area("b", question("q"), extra="critical: true"))
    assert rate(made, {"p": MET, "q": MET}).overall == "green"
    outcome = rate(made, {"p": MET, "q": NOT_MET})
    assert ("critical_area", "b", "red") in told(outcome)
    weighed = form(
        area("a", question("p"), extra="weight: 99"),
        area("b", question("q"), extra="critical: true"),
    )
    outcome = rate(weighed, {"p": MET, "q": NOT_MET})
    assert result(outcome) == ("red", 99, 100)
    assert told(outcome) == [("critical_area", "b", "red")]
    assert outcome.because[0].text == "B is a critical area and is Red."


def test_6_a_limit_caps_the_overall() -> None:
    limited = question("p", extra="limits: {partly: amber, not_met: red, not_checked: amber}")
    made = form(area("a", limited, *(question(f"q{n}") for n in range(20))))
    others = {f"q{n}": MET for n in range(20)}
    overall = {
        value: rate(made, {"p": {"value": value}} | others).overall
        for value in ("met", "partly", "not_met", "not_checked", "not_applicable")
    }
    assert list(overall.values()) == ["green", "amber", "red", "amber", "green"]


def test_6_a_limit_on_a_question_that_is_not_asked_is_not_hit() -> None:
    limited = question("q", extra="relevant: \"answers.p == 'met'\", limits: {not_met: red}")
    made = form(area("a", question("p"), *(question(f"r{n}") for n in range(9)), limited))
    answers = {f"r{n}": MET for n in range(9)} | {"q": NOT_MET}
    assert rate(made, answers | {"p": PARTLY}).overall == "green"
    assert rate(made, answers | {"p": MET}).overall == "red"


# Rule 9: reasons, and what would change it


def test_9_weaker_reasons_follow_under_also() -> None:
    outcome = rate(form(*THREE, overall=OVERALL), three("amber", "amber", "red"))
    assert [(r.rule, r.to) for r in outcome.because] == [("band", "red")]
    assert [(r.rule, r.to) for r in outcome.also] == [("areas", "amber"), ("areas", "amber")]
    assert outcome.because[0].text == "The form scores 58 per cent: Red is 0 to below 60."
    assert outcome.also[0].text == (
        "C is Red. One or more Red areas give an overall of Amber at best."
    )
    assert outcome.also[1].text == (
        "A and B are Amber. Two or more Amber areas give an overall of Amber at best."
    )


def test_9_a_limit_says_which_question_and_answer() -> None:
    made = form(area("a", question("p", extra="limits: {partly: amber}")))
    (reason,) = [r for r in rate(made, {"p": PARTLY}).also if r.rule == "limit"]
    assert (
        reason.text
        == "Question 1.1, \u201cP?\u201d, is Partly met: that limits the overall to Amber."
    )
    assert (reason.area, reason.question, reason.to) == ("a", "p", "amber")


def change(to: str, *questions: str) -> WouldChange:
    return WouldChange(to, [ChangedAnswer(name, "met") for name in questions])


def test_9_single_answers_that_lift_the_overall_in_form_order() -> None:
    outcome = rate(form(*THREE), three("green", "amber", "amber"))
    assert outcome.would_change == []
    outcome = rate(form(*THREE, overall=OVERALL), three("green", "amber", "amber"))
    assert outcome.would_change == [change("green", "b2"), change("green", "c2")]


def test_9_pairs_where_no_single_answer_does() -> None:
    made = form(area("a", *(question(f"q{n}") for n in range(5))))
    outcome = rate(made, {f"q{n}": MET if n < 2 else NOT_MET for n in range(5)})
    assert outcome.would_change == [change("amber", f"q{n}") for n in (2, 3, 4)]
    outcome = rate(made, {f"q{n}": MET if n < 1 else NOT_MET for n in range(5)})
    pairs = [("q1", "q2"), ("q1", "q3"), ("q1", "q4"), ("q2", "q3"), ("q2", "q4")]
    assert outcome.would_change == [change("amber", *pair) for pair in pairs]


def test_9_only_answered_questions_are_named() -> None:
    made = form(area("a", question("p"), question("q"), question("r"), question("s")))
    outcome = rate(made, {"p": MET, "q": NOT_MET, "r": NOT_CHECKED})
    assert outcome.would_change == [change("green", "q")]


def test_9_a_sample_changes_to_the_best_value_of_its_scale() -> None:
    made = form(area("a", question("p"), question("files", "sample")))
    outcome = rate(made, {"p": MET, "files": {"checked": 4, "met": 0}})
    assert outcome.would_change == [change("green", "files")]


def test_9_a_change_that_brings_in_other_questions_is_followed_through() -> None:
    """Raising p would ask q, whose kept answer is worse: so p alone lifts nothing."""
    worse = question("q", extra="relevant: \"answers.p == 'met'\", limits: {not_met: red}")
    made = form(area("a", question("p"), worse))
    assert rate(made, {"p": NOT_MET}).would_change == [change("green", "p")]
    assert rate(made, {"p": NOT_MET, "q": NOT_MET}).would_change == []


def test_9_green_cannot_be_lifted() -> None:
    assert rate(ONE_AREA, {"p": MET, "q": MET, "r": MET}).would_change == []
