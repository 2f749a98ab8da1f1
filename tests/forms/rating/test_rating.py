"""Rules 1 to 5, 7 and 8 of docs/form-format.md, on forms small enough to work out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from forms import rate
from forms.model import Form
from forms.rating.outcome import AreaOutcome, Outcome
from tests.support.forms.small_forms import area, form, question

MET, PARTLY, NOT_MET = {"value": "met"}, {"value": "partly"}, {"value": "not_met"}
NOT_APPLICABLE, NOT_CHECKED = {"value": "not_applicable"}, {"value": "not_checked"}
ONE_AREA = form(area("a", question("p"), question("q"), question("r")))


def result(outcome: Outcome) -> tuple[str, int | None, int]:
    return outcome.overall, outcome.percent, outcome.coverage


# Rule 1: what counts


def test_1_a_question_of_weight_0_is_recorded_and_not_scored() -> None:
    made = form(area("a", question("p"), question("q", extra="weight: 0")))
    assert result(rate(made, {"p": MET, "q": NOT_MET})) == ("green", 100, 100)


def test_1_a_question_without_a_scale_does_not_count() -> None:
    made = form(area("a", question("p"), question("said", "text"), question("met", "people")))
    answers = {"p": MET, "said": {"value": "Kind"}, "met": {"value": {"people": 2}}}
    assert result(rate(made, answers)) == ("green", 100, 100)


CONDITIONS: list[tuple[str, dict[str, Any], dict[str, Any], bool]] = [
    ("answers.p == 'met'", {"p": MET}, {}, True),
    ("answers.p == 'met'", {"p": PARTLY}, {}, False),
    ("answers.p == 'met'", {}, {}, False),
    ("answers.p != 'met'", {}, {}, False),
    ("!(answers.p == 'met')", {}, {}, False),
    ("answers.p != 'met' || setting.kind == 'day'", {}, {"kind": "day"}, True),
    ("has(answers.p)", {}, {}, False),
    ("has(answers.p)", {"p": NOT_CHECKED}, {}, True),
    ("answers.p in ['met', 'partly']", {"p": PARTLY}, {}, True),
    ("answers.share >= 60", {"share": {"value": 60}}, {}, True),
    ("answers.share >= 60.5", {"share": {"value": 60}}, {}, False),
    ("answers.share == 0", {"share": {"value": 0}}, {}, True),
    ("answers.files < 66.7", {"files": {"checked": 3, "met": 2}}, {}, True),
    ("answers.files < 66.6", {"files": {"checked": 3, "met": 2}}, {}, False),
    ("answers.files == 60", {"files": {"checked": 5, "met": 3}}, {}, True),
    ("answers.files == 0", {"files": {"checked": 0, "met": 0}}, {}, False),
    ("setting.kind != 'day'", {}, {"kind": "nursing"}, True),
    ("setting.kind != 'day'", {}, {}, False),
    ("setting.beds > 20", {}, {"beds": 45}, True),
    ("setting.beds > 20", {}, {"beds": None}, False),
    ("setting.kinds.contains('x')", {}, {"kinds": 3}, False),
    ("answers.said.contains('call')", {"said": {"value": "They call"}}, {}, True),
    ("answers.said != ''", {"said": {"value": " "}}, {}, False),
    ("answers.on < today()", {"on": {"value": "2026-11-21"}}, {"today": "2026-11-22"}, True),
    ("answers.on < today()", {"on": {"value": "2026-11-22"}}, {"today": "2026-11-22"}, False),
    ("answers.on < today()", {"on": {"value": "2026-11-21"}}, {}, False),
    ("answers.said == 'today()'", {"said": {"value": "today()"}}, {}, True),
    ("answers.share > 1", {"share": {"value": "not_known"}}, {}, False),
]


@pytest.mark.parametrize(("condition", "answers", "setting", "asked"), CONDITIONS)
def test_1_a_condition_decides_whether_a_question_is_asked(
    condition: str, answers: dict[str, Any], setting: dict[str, Any], asked: bool
) -> None:
    made = form(
        area("a", question("p"), question("share", "percent"), question("files", "sample")),
        area("c", question("said", "text"), question("on", "date")),
        area("b", question("last", extra=f'relevant: "{condition}"')),
    )
    assert ("last" in rate(made, answers, setting).unanswered) is asked


CHAIN = form(
    area("a", question("p")),
    area("b", question("q", extra="relevant: \"answers.p == 'met'\"")),
    area("c", question("r", extra="relevant: \"answers.q == 'met'\"")),
)


def test_1_an_answer_to_an_irrelevant_question_is_missing_to_later_conditions() -> None:
    outcome = rate(CHAIN, {"p": PARTLY, "q": MET, "r": NOT_MET})
    assert result(outcome) == ("red", 50, 100)
    assert [a.rag for a in outcome.areas] == ["red", "unrated", "unrated"]
    assert rate(CHAIN, {"p": MET, "q": MET, "r": NOT_MET}).percent == 66


def test_1_a_result_of_one_setting_is_not_remembered_for_another() -> None:
    made = form(area("a", question("p", extra="relevant: \"setting.kind == 'day'\"")))
    asked = [rate(made, {}, {"kind": kind}).unanswered for kind in ("day", "nursing", "day")]
    assert asked == [["p"], [], ["p"]]


# Rule 2: excluded and unchecked


def test_2_an_excluded_answer_leaves_the_calculation() -> None:
    assert result(rate(ONE_AREA, {"p": MET, "q": NOT_APPLICABLE, "r": MET})) == ("green", 100, 100)


@pytest.mark.parametrize("answer", [NOT_CHECKED, None, {}, {"value": None}, {"note": "later"}])
def test_2_no_answer_or_an_unchecked_one_lowers_coverage(answer: dict[str, Any] | None) -> None:
    answers = {"p": MET, "q": MET} | ({} if answer is None else {"r": answer})
    assert result(rate(ONE_AREA, answers)) == ("green", 100, 66)


@pytest.mark.parametrize("type_", ["number", "percent", "sample"])
def test_2_a_figure_that_is_not_known_is_an_answer_and_lowers_coverage(type_: str) -> None:
    made = form(area("a", question("p"), question("q", type_)))
    outcome = rate(made, {"p": MET, "q": {"value": "not_known"}})
    assert (result(outcome), outcome.unanswered) == (("green", 100, 50), [])


def test_2_an_unchecked_answer_is_an_answer() -> None:
    assert rate(ONE_AREA, {"p": NOT_CHECKED, "q": {"value": ""}}).unanswered == ["q", "r"]


# Rule 3: bands of a question


@pytest.mark.parametrize(
    ("checked", "met", "percent"),
    [(10, 9, 100), (9, 8, 50), (5, 3, 50), (1000, 599, 0), (1, 0, 0), (0, 0, None)],
)
def test_3_a_sample_becomes_a_scale_value(checked: int, met: int, percent: int | None) -> None:
    made = form(area("a", question("files", "sample")))
    outcome = rate(made, {"files": {"checked": checked, "met": met}})
    assert outcome.percent == percent
    assert outcome.unanswered == ([] if checked else ["files"])


@pytest.mark.parametrize(
    ("value", "percent"),
    [
        *((90, 100), (90.0, 100), (89.999, 50), (60, 50), (59.99, 0), (0, 0), (100, 100)),
        *((-1, None), (100.1, None), ("90", None), (True, None)),
        *((float("nan"), None), (float("inf"), None)),
    ],
)
def test_3_a_percent_becomes_a_scale_value(value: Any, percent: int | None) -> None:
    made = form(area("a", question("share", "percent")))
    assert rate(made, {"share": {"value": value}}).percent == percent


def test_3_a_number_is_read_as_it_was_written() -> None:
    """0.3 in binary is a little less than three tenths; a band from 0.3 still holds it."""
    bands = "bands: [{value: met, from: 0.3}, {value: not_met, from: 0}]"
    text = f"      - {{id: n, ask: N?, type: number, scale: standard, {bands}}}\n"
    assert Fraction(0.3) < Fraction("0.3")
    assert rate(form(area("a", text)), {"n": {"value": 0.3}}).percent == 100


def test_3_a_sample_may_be_not_applicable_or_not_checked() -> None:
    made = form(area("a", question("p"), question("files", "sample")))
    assert result(rate(made, {"p": MET, "files": NOT_APPLICABLE})) == ("green", 100, 100)
    assert result(rate(made, {"p": MET, "files": NOT_CHECKED})) == ("green", 100, 50)
    assert rate(made, {"p": MET, "files": MET}).unanswered == ["files"]


# Rule 4: areas


def test_4_an_area_is_the_weighted_mean_of_its_scored_answers() -> None:
    made = form(area("a", question("p", extra="weight: 2.5"), question("q"), question("r")))
    outcome = rate(made, {"p": MET, "q": NOT_MET})
    assert outcome.areas == [AreaOutcome(id="a", rag="amber", percent=71, coverage=77)]


def test_4_an_area_without_scored_answers_is_unrated() -> None:
    made = form(area("a", question("p")), area("b", question("q")))
    outcome = rate(made, {"p": MET, "q": NOT_CHECKED})
    assert outcome.areas[1] == AreaOutcome(id="b", rag="unrated", percent=None, coverage=0)
    assert result(outcome) == ("green", 100, 50)


def test_4_an_area_where_nothing_counts_is_unrated_and_leaves_nothing_unchecked() -> None:
    made = form(area("a", question("p")), area("b", question("q")))
    outcome = rate(made, {"p": MET, "q": NOT_APPLICABLE})
    assert outcome.areas[1] == AreaOutcome(id="b", rag="unrated", percent=None, coverage=100)


# Rule 5: the form


def test_5_the_form_is_the_mean_of_rated_areas_by_their_weight() -> None:
    made = form(
        area("a", question("p"), question("q"), extra="weight: 3"),
        area("b", question("r")),
        area("c", question("s"), extra="weight: 100"),
    )
    assert rate(made, {"p": MET, "q": PARTLY, "r": NOT_MET}).percent == 56


@pytest.mark.parametrize("answers", [{}, {"p": NOT_CHECKED}, {"p": NOT_APPLICABLE}])
def test_5_nothing_rated_is_unrated(answers: dict[str, Any]) -> None:
    outcome = rate(ONE_AREA, answers)
    assert (outcome.overall, outcome.percent) == ("unrated", None)
    assert (outcome.because, outcome.would_change) == ([], [])


# Rule 7: provisional


@pytest.mark.parametrize(("minimum", "provisional"), [(66, False), (66.6, False), (66.7, True)])
def test_7_provisional_below_the_minimum_coverage_before_rounding(
    minimum: float, provisional: bool
) -> None:
    made = form(
        area("a", question("p"), question("q"), question("r")),
        overall=f"overall: {{minimum_coverage: {minimum}}}\n",
    )
    outcome = rate(made, {"p": MET, "q": MET})
    assert (outcome.coverage, outcome.provisional) == (66, provisional)


def test_7_without_a_minimum_nothing_is_provisional() -> None:
    assert not rate(ONE_AREA, {}).provisional


# Rule 8: exact


def thirds(bands: str) -> Form:
    return form(area("a", question("p"), question("q"), question("r")), bands=bands)


def test_8_a_band_is_compared_before_rounding_and_shown_rounded_down() -> None:
    """Two of three is 66.66...: above 66.666 and below 66.667, and shown as 66."""
    answers = {"p": MET, "q": MET, "r": NOT_MET}
    bands = "bands: [{{rag: green, from: {}}}, {{rag: red, from: 0}}]\n"
    assert result(rate(thirds(bands.format("66.666")), answers)) == ("green", 66, 100)
    assert result(rate(thirds(bands.format("66.667")), answers)) == ("red", 66, 100)


def test_8_seventy_nine_and_a_bit_is_never_shown_as_eighty() -> None:
    made = form(area("a", *(question(f"q{n}", extra="weight: 0.1") for n in range(500))))
    answers = {f"q{n}": MET if n < 399 else NOT_MET for n in range(500)} | {"q499": PARTLY}
    assert result(rate(made, answers)) == ("amber", 79, 100)


def test_8_weights_in_tenths_add_up() -> None:
    """In binary 0.1 + 0.2 is more than 0.3; here eight tenths of weight are exactly 80 per cent."""
    weights = ("0.1", "0.7", "0.2")
    made = form(area("a", *(question(f"q{w[2]}", extra=f"weight: {w}") for w in weights)))
    assert result(rate(made, {"q1": MET, "q7": MET, "q2": NOT_MET})) == ("green", 80, 100)


# The outcome as a whole


def test_unanswered_lists_relevant_required_questions_in_form_order() -> None:
    made = form(
        area("a", question("p"), question("q", extra="required: false")),
        area(
            "b", question("said", "text"), question("r", extra="relevant: \"answers.p == 'met'\"")
        ),
    )
    assert rate(made, {}).unanswered == ["p", "said"]
    assert rate(made, {"p": MET, "said": {"value": " "}}).unanswered == ["said", "r"]


def test_answers_to_unknown_questions_change_nothing() -> None:
    assert rate(ONE_AREA, {"p": MET, "x": NOT_MET}) == rate(ONE_AREA, {"p": MET})


def test_a_form_without_scores_is_unrated() -> None:
    outcome = rate(form(area("a", question("said", "text")), bands=""), {"said": {"value": "Kind"}})
    assert result(outcome) == ("unrated", None, 100)


@pytest.mark.parametrize(
    "answer",
    [
        *(3, "met", [], {"value": []}, {"value": {}}, {"value": "good"}, {"checked": 3}),
        *({"met": 3}, {"checked": 2, "met": 3}, {"checked": "2", "met": 1}),
        {"checked": 2.0, "met": 1},
    ],
)
def test_an_answer_that_cannot_be_taken_counts_as_not_given(answer: Any) -> None:
    made = form(area("a", question("p"), question("files", "sample"), question("n", "number")))
    assert rate(made, dict.fromkeys(("p", "files", "n"), answer)) == rate(made, {})
