"""Slips that authors made: each is named where it was made; a published form still reads."""

from __future__ import annotations

import pytest

from forms.catalogue.read import read_form
from forms.format.check import check_form
from tests.support.forms.small_forms import area, question
from tests.support.forms.small_forms import text as small_text

ASKED = question("q")


def found(text: str) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.what, fault.remedy) for fault in check_form(text, "small.yaml")]


def asked_when(condition: str) -> str:
    return small_text(area("a", ASKED, question("r", extra=f'relevant: "{condition}"')))


LINES = asked_when("true").split("\n")
LINE = LINES.index(question("r", extra='relevant: "true"').rstrip()) + 1


@pytest.mark.parametrize(
    ("condition", "what", "remedy"),
    [
        ("setting.bed > 5", "`setting.bed`, which is not a fact", "Did you mean `beds`?"),
        ("setting.service_type == 'nursing home'", "is never `nursing home`", "`nursing`"),
        ("'dom care' != setting.service_type", "is never `dom care`", "`home_care`"),
        ("setting.service_type in ['day', 'night']", "is never `night`", "`nursing`"),
        ("setting.beds == 'ten'", "`setting.beds` is never `ten`", "without quotes"),
        ("setting.beds in ['5']", "`setting.beds` is never `5`", "without quotes"),
        ("setting.regulator_published > '1/2/2026'", "is never `1/2/2026`", "'2026-11-22'"),
        ("answers.q = 'met'", "A single `=`", "Write `==`"),
        ("answers.q == 'met' and has(answers.q)", "`and` is not a word", "Write `&&`."),
        ("answers.q == 'met' OR has(answers.q)", "`OR` is not a word", "Write `||`."),
        ("answers.q == 'met", "The quote before `met` is not closed.", "Close it"),
    ],
)
def test_a_slip_in_a_condition(condition: str, what: str, remedy: str) -> None:
    ((line, said, told),) = found(asked_when(condition))
    assert line == LINE
    assert what in said
    assert remedy in told


@pytest.mark.parametrize(
    "condition",
    [
        "setting.service_type == 'nursing' && setting.beds > 5",
        "setting.regulator_published < today()",
        "setting.regulator != ''",
    ],
)
def test_facts_that_there_are(condition: str) -> None:
    assert found(asked_when(condition)) == []


GOOD = small_text(area("a", ASKED))


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("title: Small", "title: Area #1 kitchen", "`title` ends before `#1 kitchen`"),
        ("title: Small", "title: \u201cSmall\u201d", "The curly quotes are part of `title`."),
        ("kind: visit", "kind: visit\napplies_to: [care home]", "There is no kind of service"),
        ("kind: visit", "kind: visit\napplies_to: [nursng]", "There is no kind of service"),
    ],
)
def test_a_slip_is_a_fault_for_its_author_and_a_published_form_still_reads(
    old: str, new: str, what: str
) -> None:
    text = GOOD.replace(old, new)
    faults = found(text)
    assert any(what in said for _, said, _ in faults) or "cannot be used as a name" in faults[0][1]
    assert all(remedy for _, _, remedy in faults)
    if "care home" not in new:
        assert read_form(text, "small.yaml").id == "small"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Small", 'title: "Area #1 kitchen"'),
        ("title: Small", "title: Area#1 kitchen"),
        ("kind: visit", "kind: visit   # a remark"),
        ("title: Small", "title: The \u201cquiet\u201d room"),
    ],
)
def test_what_is_no_slip(old: str, new: str) -> None:
    assert found(GOOD.replace(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("title: Small", 'title: "Small', 4, "A quote opens here"),
        ("title: Small", "title: 'Small", 4, "A quote opens here"),
        ("  - id: a", "  \u2013 id: a", 14, "There is a long dash here."),
        ("kind: visit", "kind: visit\n\u00a0title: x: y", 4, "There is a no-break space here"),
    ],
)
def test_what_is_not_yaml_is_named_where_it_was_written(
    old: str, new: str, line: int, what: str
) -> None:
    ((where, said, remedy),) = found(GOOD.replace(old, new))
    assert (where, bool(remedy)) == (line, True)
    assert what in said
