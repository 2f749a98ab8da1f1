"""Faulty forms: each fault is found, on its line, with what to do about it."""

from __future__ import annotations

import pytest

from forms.catalogue.read import read_form
from forms.format.check import check_form
from forms.format.faults import Fault
from tests.support.rows import rows
from visitapp.errors import BadFile, Code

GOOD = """\
id: tidy
version: "1"
kind: visit
title: Tidy
scales:
  standard:
    - {value: met, label: Met, score: 1, rag: green}
    - {value: partly, label: Partly met, score: 0.5, rag: amber}
    - {value: not_met, label: Not met, score: 0, rag: red}
    - {value: na, label: Not applicable, excluded: true, needs_reason: true}
  kinds:
    - {value: long, label: Long stay}
    - {value: short, label: Short stay}
bands:
  - {rag: green, from: 80}
  - {rag: amber, from: 60}
  - {rag: red, from: 0}
overall:
  minimum_coverage: 70
  rules:
    - {areas: red, at_least: 1, overall: amber}
areas:
  - id: safety
    title: Safety
    critical: true
    questions:
      - id: first
        ask: Is it safe?
        type: choice
        scale: standard
        limits: {not_met: red}
      - id: share
        ask: How many plans are reviewed?
        type: sample
        scale: standard
        bands: [{value: met, from: 90}, {value: not_met, from: 0}]
        relevant: "answers.first == 'met'"
      - id: stay
        ask: What kind of stay is it?
        type: choice
        scale: kinds
        weight: 0
      - id: words
        ask: What did people say?
        type: text
        required: false
"""


def faults(old: str, new: str) -> list[Fault]:
    assert old in GOOD
    return check_form(GOOD.replace(old, new, 1), "tidy.yaml")


def test_the_good_form_is_good() -> None:
    assert check_form(GOOD, "tidy.yaml") == []


MET = "answers.first == 'met'"
LIMITS = "limits: {not_met: red}"
BANDS = "bands: [{value: met, from: 90}, {value: not_met, from: 0}]"
TABLE = [
    # shape
    ("title: Tidy", "titel: Tidy", 4, "`titel` is not a key of the form", "Did you mean `title`?"),
    ("title: Tidy\n", "", 1, "`title` is missing from the form", "Add `title:`"),
    ("title: Tidy", "title:", 4, "`title` is empty", "Give it a value"),
    ("title: Tidy", "title: [a]", 4, "`title` holds a list", "a single value"),
    ("title: Tidy", f"title: {'x' * 300}", 4, "300 characters", "shorter"),
    ("id: tidy", "id: tidy form", 1, "`tidy form` cannot be used as a name", "without spaces"),
    ("kind: visit", "kind: survey", 3, "`kind` cannot be `survey`", "`visit`"),
    ("kind: visit", "kind: visit\nkind: risk", 4, "`kind` is repeated here", "line 3"),
    ("critical: true", "critical: yes", 25, "`critical` cannot be `yes`", "true or false"),
    ("type: choice", "type: tickbox", 29, "`type` cannot be `tickbox`", "`sample`"),
    ("score: 0.5", 'score: "0.5"', 8, "`score` must be a number", "without quotes"),
    ("score: 0.5", "score: 2", 8, "`score` is 2", "from 0 to 1"),
    ("at_least: 1", "at_least: 1.5", 21, "must be a whole number", "digits"),
    ("at_least: 1", "at_least: 0", 21, "`at_least` is 0", "from 1"),
    ("minimum_coverage: 70", "minimum_coverage: 170", 19, "is 170", "from 0 to 100"),
    ("overall:\n", "overall: 3\nx:\n", 18, "`overall` holds a single value", "keys"),
    # scales
    ("value: partly", "value: met", 8, "`met` stands twice in the scale", "different name"),
    (", score: 0.5", "", 8, "`partly` has no score", "Give it a score"),
    ("excluded: true", "excluded: true, unchecked: true", 10, "both excluded", "Keep one"),
    ("excluded: true", "excluded: true, score: 1", 10, "has a score but does not", "Remove"),
    # bands of the form
    ("from: 0}\noverall", "from: 10}\noverall", 17, "No band covers 0 to 10", "from: 0"),
    ("{rag: amber, from: 60}", "{rag: amber, from: 80}", 16, "both begin at 80", "different"),
    ("{rag: amber, from: 60}", "{rag: amber, from: 60, to: 70}", 16, "`to`", "no upper end"),
    ("{rag: green, from: 80}", "{rag: red, from: 80}", 15, "A higher percentage gives", "green"),
    ("{rag: green, from: 80}", "{rag: blue, from: 80}", 15, "cannot be `blue`", "`amber`"),
    # ids, areas, weights
    ("- id: stay", "- id: first", 38, "`first` is used twice", "an id of its own"),
    ("title: Safety", "title: Safety\n    weight: 0", 25, "has weight 0", "above 0"),
    # questions
    ("scale: standard\n        limits", "scale: standart\n        limits", 30,
     "no scale `standart`", "Did you mean `standard`?"),
    ("        scale: standard\n        limits: {not_met: red}\n", "", 27, "A choice needs a scale",
     "Add `scale:`"),
    (LIMITS, "limits: {bad: red}", 31, "`bad` is not on the scale", "`met`"),
    (LIMITS, "limits: {not_met: pink}", 31, "cannot be `pink`", "`red`"),
    (LIMITS, "action: {when: [bad], suggest: Mend it}", 31, "`bad` is not on the scale", "`met`"),
    (LIMITS, "action: {when: [not_met]}", 31, "`suggest` is missing", "Add `suggest:`"),
    (LIMITS, "action: {when: [met], suggest: A, priority: soon}", 31, "cannot be `soon`", "`high`"),
    (LIMITS, "evidence: {when: [not_met], kind: video}", 31, "cannot be `video`", "`photo`"),
    (LIMITS, "evidence: {when: [], kind: note}", 31, "has nothing in it", "at least one"),
    (LIMITS, BANDS, 31, "A choice has no bands", "Remove `bands`"),
    (LIMITS, "weight: 0\n        limits: {not_met: red}", 32, "cannot limit anything", "Remove"),
    (LIMITS, "weight: -1", 31, "`weight` is -1", "from 0"),
    (LIMITS, "unit: minutes", 31, "`unit` means nothing", "type: number"),
    (LIMITS, "source: hygiene.rating", 31, "`source` belongs to a form of kind risk", "Remove"),
    (BANDS + "\n", "\n", 32, "A scored sample needs bands", "Add `bands:`"),
    (BANDS, "bands: [{value: met, from: 50}]", 36, "No band covers 0 to 50", "from: 0"),
    (BANDS, "bands: [{value: fine, from: 0}]", 36, "`fine` is not on the scale", "`met`"),
    (BANDS, "bands: [{value: na, from: 0}]", 36, "A number cannot become `na`", "with a score"),
    (BANDS, "bands: [{value: met, from: 0}, {value: partly, from: 120}]", 36, "begins at 120",
     "between 0 and 100"),
    ("        scale: standard\n        " + BANDS, "        " + BANDS, 35, "Bands need a scale",
     "Add `scale:`"),
    ("        weight: 0\n", "", 41, "has no scores, so the question cannot count", "weight: 0"),
    ("type: text", "type: text\n        scale: standard", 46, "is never scored", "Remove `scale`"),
    ("type: text", "type: text\n        weight: 2", 46, "has no weight", "Remove `weight`"),
    # conditions
    (MET, "answers.first ==", 37, "cannot be read near", "answers."),
    (MET, "answers.stay == 'long'", 37, "`stay`, which is asked later", "Move"),
    (MET, "answers.frist == 'met'", 37, "not a question of this form",
     "Did you mean `first`?"),
    (MET, "answers.share > 3", 37, "its own question", "earlier question"),
    (MET, "answers.first == 'good'", 37, "`good` is not an answer", "`met`"),
    (MET, "'good' == answers.first", 37, "`good` is not an answer", "`met`"),
    (MET, "answers.first in ['met', 'x']", 37, "`x` is not an answer", "`met`"),
    (MET, "answers.first > 3", 37, "mixes numbers and texts", "like with like"),
    (MET, "answers.first", 37, "gives a value, not true or false", "== 'met'"),
    (MET, "first == 'met'", 37, "names `first`", "answers.first"),
    (MET, "open('x') == 'met'", 37, "`open` is not available", "startsWith"),
    (MET, "[1].map(x, x) == [1]", 37, "`map` is not available", "has"),
    (MET, "size(answers) > 1", 37, "`answers` stands alone", "answers.name"),
    (MET, "answers.first == 'a\\\\b'", 37, "cannot be read at", "quotes"),
]  # fmt: skip


USE = "kind: visit"


@pytest.mark.parametrize(
    ("new", "what"),
    [
        (f"{USE}\npurposes: [annual, holiday]", "`purposes` cannot be `holiday`."),
        (f"{USE}\npurposes: [annual, annual]", "The purpose `annual` is listed twice."),
        (f"{USE}\npurposes: []", "`purposes` has nothing in it."),
        (f"{USE}\nsets_rating: maybe", "`sets_rating` cannot be `maybe`."),
        ("kind: risk\npurposes: [annual]", "`purposes` belongs to a form of kind visit."),
        ("kind: risk\nsets_rating: none", "`sets_rating` belongs to a form of kind visit."),
    ],
)
def test_a_wrong_use_is_refused(new: str, what: str) -> None:
    assert [(f.line, f.what) for f in faults(USE, new)] == [(4, what)]


def test_a_form_that_sets_a_rating_must_rate() -> None:
    text = 'id: a\nversion: "1"\nkind: visit\ntitle: A\nsets_rating: contract\nareas:\n'
    text += "  - {id: a, title: A, questions: [{id: q, ask: Q?, type: text}]}\n"
    assert [f.line for f in check_form(text, "f")] == [5]
    assert check_form(text.replace("contract", "none"), "f") == []


@rows(("old", "new", "line", "what", "remedy"), TABLE)
def test_each_fault_is_named_with_its_line_and_its_remedy(
    old: str, new: str, line: int, what: str, remedy: str
) -> None:
    found = faults(old, new)
    fitting = [f for f in found if f.line == line and what in f.what and remedy in f.remedy]
    assert fitting, found
    assert all(fault.file == "tidy.yaml" and fault.remedy for fault in found)


def after(condition: str) -> str:
    """One more question at the end of the form."""
    lines = ["- id: after", "  ask: Then?", "  type: text", f"  relevant: {condition}"]
    return "".join(f"      {line}\n" for line in lines)


def test_a_condition_on_people_is_refused() -> None:
    found = check_form(
        GOOD.replace("type: text", "type: people") + after("answers.words == 'x'"), "f"
    )
    assert [(f.line, "of type people" in f.what) for f in found] == [(50, True)]


@pytest.mark.parametrize(
    "condition", ["answers.words != ''", "answers.words.contains('x') && today() > '2026-01-01'"]
)
def test_a_condition_reads_words_and_the_day_of_the_visit(condition: str) -> None:
    assert check_form(GOOD + after(condition), "tidy.yaml") == []


@pytest.mark.parametrize("condition", ["today > '2026-01-01'", "today() > 3", "today('x') == ''"])
def test_a_wrong_use_of_today_is_refused(condition: str) -> None:
    assert [fault.line for fault in check_form(GOOD + after(condition), "tidy.yaml")] == [50]


def test_a_number_compared_with_a_text_is_refused() -> None:
    found = check_form(GOOD + after("answers.share == 'met'"), "tidy.yaml")
    assert any("compared with a text" in fault.what for fault in found)


def test_an_area_without_questions_is_refused() -> None:
    text = GOOD + "  - id: empty\n    title: Empty\n    questions: []\n"
    assert [(f.line, f.what) for f in check_form(text, "f")] == [
        (49, "`questions` has nothing in it.")
    ]
    text = GOOD + "  - id: empty\n    title: Empty\n"
    assert [(f.line, f.what) for f in check_form(text, "f")] == [
        (47, "`questions` is missing from an area.")
    ]


def test_a_form_that_scores_needs_bands() -> None:
    bands = GOOD[GOOD.index("bands:\n") : GOOD.index("overall:\n")]
    assert [f.what for f in faults(bands, "")] == ["The form scores answers but has no bands."]


def test_a_critical_area_needs_something_to_count() -> None:
    text = GOOD + (
        "  - id: talk\n    title: Talk\n    critical: true\n"
        "    questions:\n      - {id: said, ask: What?, type: text}\n"
    )
    assert [f.line for f in check_form(text, "f") if "critical" in f.what] == [49]


def test_a_scale_of_exceptions_only_is_refused() -> None:
    found = faults("kinds:\n", "none:\n    - {value: na, label: N, excluded: true}\n  kinds:\n")
    assert [fault.line for fault in found] == [11]
    assert "leaves the calculation" in found[0].what


def test_bands_with_decimals_that_meet_are_good() -> None:
    assert faults("{rag: amber, from: 60}", "{rag: amber, from: 60.5}") == []


def test_number_bands_may_go_either_way_and_above_100() -> None:
    number = "type: number\n        scale: standard\n        bands: "
    bands = "[{value: not_met, from: 250}, {value: partly, from: 12.5}, {value: met, from: 0}]"
    assert faults("type: sample\n        scale: standard\n        " + BANDS, number + bands) == []


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    broken = GOOD.replace("kind: visit", "kind: x").replace("from: 80", "from: 60")
    broken = broken.replace("id: stay", "id: first").replace("scale: kinds", "scale: kins")
    assert [fault.line for fault in check_form(broken, "f")] == [3, 16, 38, 41]


def test_reading_a_faulty_form_names_the_first_fault_and_counts_the_others() -> None:
    broken = GOOD.replace("kind: visit", "kind: x").replace("from: 80", "from: 60")
    with pytest.raises(BadFile) as refused:
        read_form(broken, "mine.yaml")
    assert refused.value.code is Code.FORM_FAULTS
    assert refused.value.row == 3
    assert str(refused.value) == (
        "mine.yaml, line 3: `kind` cannot be `x`."
        " Use `visit`, `self_assessment` or `risk`. (1 more fault)"
    )


def test_the_same_form_with_other_line_ends_is_the_same_form() -> None:
    assert read_form(GOOD, "f").digest == read_form(GOOD.replace("\n", "\r\n"), "f").digest
    assert read_form(GOOD, "f").digest != read_form(GOOD + "# later\n", "f").digest
