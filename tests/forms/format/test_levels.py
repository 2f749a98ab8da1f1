"""Levels beyond the three colours, and several results: the format, the outcome, the words."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import msgspec
import pytest

from forms import rate
from forms.catalogue.read import read_form
from forms.compare.diff import compare
from forms.format.check import check_form
from forms.levels import label_of, levels_of, polarity
from forms.model import Form
from forms.rating.outcome import Outcome
from forms.tailored.build import PlanAction, Weak, tailor
from tests.support.forms.cases import case
from tests.support.forms.graded_form import BANDS, GOOD, PLAIN
from tests.support.forms.small_forms import area, question, text
from tests.support.forms.strategies import as_form


def form(source: str = GOOD) -> Form:
    return read_form(source, "small.yaml")


def rated(source: str = GOOD, **answers: str) -> Outcome:
    made = form(source)
    given = {name: {"value": answers.get(name, "met")} for name in made.questions}
    return rate(made, given)


def as_json(outcome: Outcome) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.to_builtins(outcome)
    return made


def test_every_outcome_of_a_form_without_levels_is_what_it_was_to_the_byte() -> None:
    """The digest was taken before levels and results, by what is now version 1 of the rules."""
    digest = sha256()
    for seed in range(300):
        made = case(seed)
        outcome = rate(as_form(made.form), made.answers, made.setting, engine=1)
        digest.update(msgspec.json.encode(outcome))
    before = "636b9362e5a04d3dc64ad52e5e3e59c4c6ec7d0dfa9480251b50e8231337a4ef"
    assert digest.hexdigest() == before


def test_a_form_rates_at_its_own_levels() -> None:
    outcome = rated(PLAIN)
    assert (outcome.overall, outcome.level) == ("green", "excellent")
    assert [(one.rag, one.level) for one in outcome.areas] == [("green", "excellent")] * 2
    better = rated(PLAIN, calls="not_met", numbers="partly")
    assert (better.overall, better.level, better.percent) == ("amber", "fair", 62)
    assert better.because[0].text == (
        "The form scores 62 per cent: Requires improvement is 39 to below 63."
    )
    assert (better.because[0].to, better.because[0].level) == ("amber", "fair")


def test_a_better_level_of_the_same_colour_is_a_lift() -> None:
    outcome = rated(PLAIN, calls="partly", numbers="partly")
    assert (outcome.overall, outcome.level) == ("green", "good")
    lifted = [(one.to, one.level, one.answers[0].question) for one in outcome.would_change]
    assert lifted == [("green", "excellent", "numbers")]


def test_an_unrated_form_has_no_level() -> None:
    outcome = as_json(rate(form(PLAIN), {}))
    assert outcome["overall"] == "unrated"
    assert "level" not in outcome
    assert "level" not in outcome["areas"][0]


def test_each_result_is_rated_by_itself_and_the_worst_is_the_overall() -> None:
    outcome = rated(fees="not_met", records="partly")
    quality, contract = outcome.results
    assert (quality.id, quality.title, quality.level, quality.percent) == (
        *("quality", "Quality", "excellent", 100),
    )
    assert (contract.id, contract.rag, contract.level, contract.percent) == (
        *("contract", "red", "poor", 25),
    )
    assert contract.because[0].text == "Contract scores 25 per cent: Poor is 0 to below 39."
    assert (outcome.overall, outcome.level, outcome.percent) == ("red", "poor", 75)
    assert [(one.rule, one.result, one.text) for one in outcome.because] == [
        ("result", "contract", "Contract is Poor: the worst result gives the overall.")
    ]
    assert [(one.result, one.text) for one in outcome.also] == [
        ("quality", "Quality is Excellent.")
    ]
    assert [one.answers[0].question for one in outcome.would_change] == ["fees", "records"]


def test_a_limit_a_rule_and_a_critical_area_hold_their_own_result_only() -> None:
    limited = rated(training="not_met")
    assert [one.level for one in limited.results] == ["fair", "excellent"]
    assert limited.results[0].because[0].text == (
        "Question 2.2, “Training?”, is Not met: that limits Quality to Requires improvement."
    )
    both = rated(calls="not_met", meals="not_met", numbers="not_met", training="partly")
    rules = {one.rule: one.text for one in both.results[0].because}
    assert rules["critical_area"] == "Care is a critical area and is Poor."
    assert rules["areas"] == (
        "Care and Staff are Poor. Two or more Poor areas give Quality of Poor at best."
    )
    assert both.results[1].level == "excellent"


def test_two_poor_results_need_an_answer_each() -> None:
    outcome = rated(calls="not_met", meals="not_met", fees="not_met", records="not_met")
    assert [one.level for one in outcome.results] == ["poor", "poor"]
    pairs = [[answer.question for answer in one.answers] for one in outcome.would_change]
    assert pairs == [["calls", "fees"], ["calls", "records"], ["meals", "fees"],
                     ["meals", "records"]]  # fmt: skip


def test_a_result_without_an_answer_is_unrated_and_makes_the_whole_provisional() -> None:
    source = GOOD.replace("overall:\n", "overall:\n  minimum_coverage: 30\n")
    answers = {name: {"value": "met"} for name in ("calls", "meals", "numbers", "training")}
    outcome = rate(form(source), answers)
    assert [(one.rag, one.level, one.provisional) for one in outcome.results] == [
        ("green", "excellent", False),
        ("unrated", "", True),
    ]
    assert (outcome.level, outcome.coverage, outcome.provisional) == ("excellent", 66, True)


def test_a_result_may_have_bands_of_its_own() -> None:
    own = "areas: [price], bands: [{level: good, from: 20}, {level: poor, from: 0}]}"
    outcome = rated(GOOD.replace("areas: [price]}", own), fees="not_met", records="partly")
    assert outcome.results[1].level == "good"
    assert outcome.areas[2].level == "good"


def test_two_red_levels_a_critical_area_holds_at_its_own() -> None:
    reds = PLAIN.replace("rag: amber", "rag: red").replace(
        "title: Care", "title: Care\n    critical: true"
    )
    outcome = rated(reds, calls="not_met", meals="not_met")
    assert (outcome.areas[0].level, outcome.level, outcome.percent) == ("fair", "fair", 75)


def test_labels_and_polarity() -> None:
    made = form()
    assert [label_of(made, one) for one in ("fair", "unrated", "")] == [
        *("Requires improvement", "Unrated", "Unrated"),
    ]
    colours = form(text(area("care", question("calls"))))
    assert [level.label for level in levels_of(colours)] == ["Green", "Amber", "Red"]
    assert label_of(colours, "amber") == "Amber"
    assert polarity(made) == ""
    risk = form(GOOD.replace("kind: visit", "kind: risk"))
    assert polarity(risk) == "A higher score is a lower risk."


FAULTS = [
    ("{id: good, label: Good, rag: green}", "{id: good, label: Good, rag: red}", 15,
     "A level of `amber` stands below one of `red`", "from the best to the worst"),
    ("id: good", "id: excellent", 14, "Two levels have the id `excellent`", "a different id"),
    ("label: Good", "label: Poor", 16, "Two levels have the label `Poor`", "a different label"),
    ("id: good", "id: unrated", 14, "A level cannot be called `unrated`", "another id"),
    ("{level: good, from: 63}", "{level: goood, from: 63}", 17, "`level` cannot be `goood`",
     "Did you mean `good`?"),
    ("{level: good, from: 63}", "{rag: green, from: 63}", 17, "a band cannot name a `rag`",
     "Write `level:`"),
    ("{level: good, from: 63}", "{from: 63}", 17, "`level` is missing from a band", "`level:`"),
    ("{level: good, from: 63}", "{level: poor, from: 63}", 17,
     "A higher percentage gives `poor`, a lower one `fair`", "excellent above good above fair"),
    ("from: 0}", "from: 5}", 17, "No band covers 0 to 5", "`from: 0`"),
    ("areas: poor, at_least", "areas: red, at_least", 21, "`areas` cannot be `red`", "`poor`"),
    ("overall: poor", "overall: worst", 21, "`overall` cannot be `worst`", "`excellent`"),
    ("not_met: fair", "not_met: amber", 36, "`not_met` cannot be `amber`", "`fair`"),
    ("id: contract", "id: quality", 24, "Two results have the id `quality`", "Rename"),
    ("areas: [price]", "areas: [prize]", 24, "There is no area `prize`", "`price`"),
    ("areas: [price]", "areas: [price, care]", 24, "The area `care` is in a result already",
     "in one"),
    ("  - {id: contract, title: Contract, areas: [price]}\n", "", 36,
     "The area `price` is scored but in no result", "of the results"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "what", "remedy"), FAULTS)
def test_each_fault_is_found_on_its_line(
    old: str, new: str, line: int, what: str, remedy: str
) -> None:
    assert old in GOOD
    found = check_form(GOOD.replace(old, new, 1), "small.yaml")
    told = [one for one in found if what in one.what and remedy in one.remedy]
    assert [one.line for one in told] == [line], found


@pytest.mark.parametrize(
    ("source", "what"),
    [
        (text(area("a", question("q")), bands="levels: [{id: a, label: A, rag: red}]\n"
              "bands: [{level: a, from: 0}]\n"), "one level only"),
        (text(area("a", question("q")), bands="bands: [{level: a, from: 0}]\n"), "has no levels"),
        (text(area("a", question("q"), extra="critical: true"),
              bands=BANDS.replace("rag: red", "rag: amber")), "no level is Red"),
        (text(area("a", question("q")), area("b", question("w", "text")),
              overall="results: [{id: r, title: R, areas: [a]}, {id: s, title: S, areas: [b]}]\n"),
         "No question of the result `s` counts"),
        (text(area("a", question("q")), bands=""), "has no bands"),
    ],
)  # fmt: skip
def test_what_cannot_be_rated_is_a_fault(source: str, what: str) -> None:
    assert [one for one in check_form(source, "small.yaml") if what in one.what]


def test_an_area_that_is_only_recorded_needs_no_result() -> None:
    said = area("said", question("words", "text"))
    source = text(
        area("a", question("q")), said, overall="results: [{id: r, title: R, areas: [a]}]\n"
    )
    assert check_form(source, "small.yaml") == []
    assert rate(form(source), {"q": {"value": "met"}}).areas[1].rag == "unrated"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("label: Good", "label: Fine", "The list of levels was Excellent (green), Good (green)"),
        ("from: 63", "from: 60", "Good from 63, Requires improvement from 39"),
        ("at_least: 2", "at_least: 1", "New rule: 1 or more Poor areas give Poor at best."),
        ("title: Contract", "title: Terms", "The result “Terms” was “Contract”"),
        ("  - {id: contract, title: Contract, areas: [price]}", "  - {id: c, title: C, areas: "
         "[price]}", "New result: “C”, over Price."),
        ("areas: [price]}", "areas: [price], bands: [{level: good, from: 0}]}",
         "The result “Contract”: a percentage was the form's own bands; it is now Good from 0."),
    ],
)  # fmt: skip
def test_what_changed_is_told_in_labels(old: str, new: str, told: str) -> None:
    changes = compare(form(), form(GOOD.replace(old, new, 1)))
    assert [one for one in changes if told in one.text and one.what == "rescored"], changes


def test_a_borrowed_limit_goes_by_its_colour() -> None:
    colours = text(area("today", question("staff_here")))
    made = form(tailor(colours, [], Weak(text=GOOD, areas=["staff"])))
    assert made.questions["training"].limits == {"not_met": "amber"}
    red = text(area("night", question("beds", extra="limits: {not_met: red, partly: green}")))
    back = form(tailor(GOOD, [], Weak(text=red, areas=["night"])))
    assert back.questions["beds"].limits == {"not_met": "poor", "partly": "excellent"}


def test_what_a_form_with_results_is_tailored_by_counts_in_its_first() -> None:
    promise = PlanAction(question="action_1", title="Mend it", about="", priority="high")
    made = form(tailor(GOOD, [promise]))
    assert made.results[0].areas == ("care", "staff", "actions_to_verify")
