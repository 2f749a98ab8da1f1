"""docs/form-format.md: its example is good, and it names every key and every choice there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from forms import rate
from forms.catalogue.read import read_form
from forms.format.check import check_form
from forms.format.keys import FORM
from forms.format.kinds import Key, Kind, ListOf, MapOf, OneOf, Record
from forms.format.setting_facts import FACTS
from forms.rating.answers import check_answers
from tests.support.rows import rows

DOCUMENT = (Path(__file__).parents[3] / "docs" / "form-format.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```yaml\n(id: .*?)```", DOCUMENT, re.DOTALL)


def keys(kind: Kind) -> Iterator[Key]:
    match kind:
        case Record():
            for key in kind.keys:
                yield key
                yield from keys(key.kind)
        case ListOf():
            yield from keys(kind.item)
        case MapOf():
            yield from keys(kind.value)


def test_the_example_is_good_and_rates() -> None:
    assert check_form(EXAMPLE, "docs/form-format.md") == []
    form = read_form(EXAMPLE, "docs/form-format.md")
    answers = {"modified_diets": {"value": 3}, "diets_followed": {"checked": 3, "met": 2}}
    assert check_answers(form, answers) == []
    assert rate(form, answers).overall == "red"
    assert rate(form, {"modified_diets": {"value": 0}}).overall == "unrated"


def test_the_levels_and_results_of_the_document_fit_its_example() -> None:
    """The example rated at the levels shown, and in two results in place of one."""
    (levels,) = re.findall(r"```yaml\n(levels:.*?)```", DOCUMENT, re.DOTALL)
    (results,) = re.findall(r"```yaml\n(results:.*?)```", DOCUMENT, re.DOTALL)
    assert re.findall(r"areas: \[.*\]", results)
    for areas in ("mealtimes", "kitchen"):
        results = re.sub(r"areas: \[\w+, .*\]", f"areas: [{areas}]", results, count=1)
    rating = re.compile(r"bands:\n.*?overall:.*?\n(?=areas:)", re.DOTALL)
    graded = rating.sub(levels + results, EXAMPLE)
    graded = graded.replace("limits: {not_met: red}", "limits: {not_met: poor}")
    assert check_form(graded, "docs/form-format.md") == []
    outcome = rate(read_form(graded, "docs/form-format.md"), {"hygiene_practice": {"value": "met"}})
    assert [result.level for result in outcome.results] == ["", "excellent"]


@rows("name", sorted({key.name for key in keys(FORM)}))
def test_every_key_is_documented(name: str) -> None:
    assert re.search(rf"`{name}\b", DOCUMENT) or re.search(rf"\b{name}:", DOCUMENT)


@pytest.mark.parametrize("key", [key for key in keys(FORM) if isinstance(key.kind, OneOf)])
def test_every_choice_is_documented(key: Key) -> None:
    assert isinstance(key.kind, OneOf)
    for choice in key.kind.choices:
        assert re.search(rf"\b{choice}\b", DOCUMENT), (key.name, choice)


def test_every_fact_of_a_setting_and_each_of_its_values_is_listed() -> None:
    table = DOCUMENT.split("### Facts of the setting")[1].split("\n\n")[1]
    listed = {row: row.split(" | ", 1) for row in table.splitlines()[2:]}
    rows = {name: said for names, said in listed.values() for name in re.findall(r"`(\w+)`", names)}
    assert rows.keys() == FACTS.keys()
    for name, fact in FACTS.items():
        assert set(fact.choices) <= set(re.findall(r"`(\w+)`", rows[name])), name
