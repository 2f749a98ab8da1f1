"""Rules 4 and 7 of docs/form-format.md: limits cap areas, and a risk model has a coverage floor."""

from __future__ import annotations

import pytest

from forms import rate
from forms.catalogue.read import read_form
from forms.model import Form
from forms.rating.outcome import ENGINE, Outcome
from tests.support.forms.small_forms import BANDS, area, form, question
from tests.support.forms.small_forms import text as small_text

MET, PARTLY, NOT_MET = {"value": "met"}, {"value": "partly"}, {"value": "not_met"}
LIMITED = question("p", extra="limits: {not_met: red}")


def ranks(outcome: Outcome) -> list[str]:
    return [outcome.overall, *(area.rag for area in outcome.areas)]


# Rule 5


SAFETY = area("a", LIMITED, *(question(f"q{n}") for n in range(5)), extra="critical: true")
BEST = {f"q{n}": MET for n in range(5)} | {"r": MET, "s": MET}


def test_5_a_limit_that_is_hit_caps_its_area_and_the_overall() -> None:
    made = form(SAFETY, area("b", question("r")))
    outcome = rate(made, {**BEST, "p": NOT_MET})
    assert ranks(outcome) == ["red", "red", "green"]
    assert [(area.percent, area.coverage) for area in outcome.areas] == [(83, 100), (100, 100)]
    assert [reason.rule for reason in outcome.because] == ["critical_area", "limit"]


def test_5_an_area_below_its_limits_keeps_its_band() -> None:
    made = form(area("a", question("p", extra="limits: {not_met: amber}"), question("q")))
    assert ranks(rate(made, {"p": NOT_MET, "q": NOT_MET})) == ["red", "red"]


def test_5_the_rules_count_an_area_at_the_colour_it_is_capped_at() -> None:
    overall = "overall:\n  rules:\n    - {areas: amber, at_least: 2, overall: red}\n"
    limited = "limits: {not_met: amber}"
    areas = [
        area(name, question(name * 2, extra=limited), *(question(f"{name}{n}") for n in range(9)))
        for name in ("a", "b")
    ]
    answers = {f"{name}{n}": MET for name in ("a", "b") for n in range(9)}
    made = form(*areas, overall=overall)
    assert ranks(rate(made, {**answers, "aa": NOT_MET, "bb": NOT_MET})) == ["red", "amber", "amber"]
    assert ranks(rate(made, {**answers, "aa": NOT_MET, "bb": MET})) == ["amber", "amber", "green"]


def test_5_a_limit_does_not_rate_an_area_where_nothing_is_scored() -> None:
    made = form(area("a", question("p", extra="limits: {not_checked: red}")))
    assert ranks(rate(made, {"p": {"value": "not_checked"}})) == ["unrated", "unrated"]


def test_5_an_outcome_of_the_older_rules_comes_out_as_it_was() -> None:
    made = form(SAFETY, area("b", question("r")))
    older, newer = (rate(made, {**BEST, "p": NOT_MET}, None, engine) for engine in (1, ENGINE))
    assert ranks(older) == ["red", "green", "green"]
    assert [reason.rule for reason in older.because] == ["limit"]
    assert (older.engine, newer.engine) == (1, ENGINE)


# Rule 8


def risk(*areas: str, results: str = "") -> Form:
    overall = f"overall:\n  minimum_coverage: 40\n{results}"
    made = small_text(*areas, bands=BANDS, overall=overall).replace("kind: visit", "kind: risk")
    return read_form(made, "risk.yaml")


ONE = risk(area("a", LIMITED, *(question(f"q{n}") for n in range(4))))


@pytest.mark.parametrize(
    ("answers", "overall", "rules", "provisional"),
    [
        ({"q0": MET}, "unrated", ["coverage"], True),
        ({"q0": NOT_MET}, "unrated", ["coverage"], True),
        ({}, "unrated", ["coverage"], True),
        ({"p": NOT_MET}, "red", ["limit"], True),
        ({"p": MET, "q0": MET}, "green", ["band"], False),
        ({"p": MET, "q0": {"value": "not_checked"}}, "unrated", ["coverage"], True),
    ],
)
def test_8_too_little_known_gives_no_colour_unless_a_limit_is_hit(
    answers: dict[str, dict[str, str]], overall: str, rules: list[str], provisional: bool
) -> None:
    outcome = rate(ONE, answers)
    assert (outcome.overall, outcome.provisional) == (overall, provisional)
    assert [reason.rule for reason in outcome.because] == rules


def test_8_the_reason_says_how_much_is_known_and_how_much_is_needed() -> None:
    (reason,) = rate(ONE, {"q0": MET}).because
    assert reason.text == (
        "Not enough is known: 20 per cent of the form was checked, and a rating needs 40 per cent."
    )


RESULTS = """\
results:
  - {id: care, title: Care, areas: [a]}
  - {id: contract, title: Contract, areas: [b]}
"""
TWO = risk(
    area("a", LIMITED, *(question(f"q{n}") for n in range(4))),
    area("b", question("r"), question("s", extra="limits: {not_met: amber}")),
    results=RESULTS,
)


@pytest.mark.parametrize(
    ("answers", "overall", "results"),
    [
        ({"r": MET, "s": MET}, "unrated", ["unrated", "green"]),
        ({"r": MET, "s": NOT_MET}, "red", ["unrated", "red"]),
        ({"r": NOT_MET, "s": NOT_MET, "p": NOT_MET}, "red", ["red", "red"]),
        ({"p": NOT_MET, "r": MET, "s": MET}, "red", ["red", "green"]),
        ({"p": MET, "q0": MET, "r": MET, "s": MET}, "green", ["green", "green"]),
    ],
)
def test_8_a_green_result_does_not_stand_for_one_that_is_not_known(
    answers: dict[str, dict[str, str]], overall: str, results: list[str]
) -> None:
    outcome = rate(TWO, answers)
    assert (outcome.overall, [one.rag for one in outcome.results]) == (overall, results)


def test_8_a_visit_keeps_its_colour_and_is_provisional() -> None:
    made = form(
        area("a", question("p"), question("q")), overall="overall: {minimum_coverage: 70}\n"
    )
    outcome = rate(made, {"p": MET})
    assert (outcome.overall, outcome.provisional) == ("green", True)
