"""One language for each form: spellings of it are one, and words in another are listed."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from forms.xlsform.survey.languages import one_spelling
from forms.xlsform.workbook.columns import Column
from tests.support.forms.xlsforms import import_tables
from tests.support.rows import rows

SURVEY = """
| survey | | | | |
| | type | name | label::{0} | label::Welsh (cy) |
| | select_one yn | q1 | Is it clean? | Ydy hi'n lân? |
| choices | | | | |
| | list_name | name | label::{1} | label::Cymraeg |
| | yn | yes | Yes | Ydy |
| | yn | no | No | Nac ydy |
"""
ENGLISH = ("English", "english", "English (en)", "en", "ENGLISH(EN)", "English (en-GB)")


@rows(("first", "second"), list(permutations(ENGLISH, 2)))
def test_spellings_of_a_language_are_one_in_every_sheet(
    tmp_path: Path, first: str, second: str
) -> None:
    result = import_tables(tmp_path, SURVEY.format(first, second))
    question = result.form.questions["q1"]
    assert question.ask == "Is it clean?"
    assert question.scale is not None
    assert [value.label for value in question.scale.values] == ["Yes", "No"]
    assert [what for _, what in result.losses] == ["The texts in Welsh (cy) are left out."]


@pytest.mark.parametrize(
    ("spellings", "languages"),
    [
        (["Français", "French (fr)", "fr"], 1),
        (["Gàidhlig", "Gaelic", "gd"], 1),
        (["Malagasy (mg)", "mg", "malagasy"], 1),
        (["Chinese (Simplified)", "Chinese (Traditional)"], 2),
        (["English (UK)", "Ukrainian (uk)"], 2),
        (["English", "Welsh"], 2),
    ],
)
def test_what_makes_two_spellings_one(spellings: list[str], languages: int) -> None:
    for order in permutations(spellings):
        found = one_spelling(Column("label", spelling) for spelling in order)
        assert len(set(found.values())) == languages


MISSING = """
| survey | | | | | | |
| | type | name | label::English (en) | label::Welsh (cy) | hint::English | hint::cy |
| | begin group | g | | Grŵp | | |
| | select_one yn | q1 | Is it clean? | Ydy hi'n lân? | | Edrychwch |
| | text | q2 | | Sylwadau eraill | | |
| | end group | | | | | |
| choices | | | | | | |
| | list_name | name | label::en | label::Welsh | | |
| | yn | yes | Yes | Ydy | | |
| | yn | no | | Nac ydy | | |
"""


def test_each_text_in_another_language_is_listed_with_its_row(tmp_path: Path) -> None:
    result = import_tables(tmp_path, MISSING)
    other = "in English (en); the words are those in Welsh (cy)."
    assert {loss for loss in result.losses if loss[1].endswith(other)} == {
        (4, f"It has no label {other}"),
        (5, f"It has no hint {other}"),
        (6, f"It has no label {other}"),
        (11, f'The choice "no" has no label {other}'),
    }


def test_two_columns_of_one_language_lose_nothing_unseen(tmp_path: Path) -> None:
    text = """
| survey | | | | |
| | type | name | label::english(en) | label::English |
| | text | q1 | Clean? | |
| | text | q2 | | Safe? |
| | text | q3 | Quiet? | Calm? |
"""
    result = import_tables(tmp_path, text.lstrip())
    assert [q.ask for q in result.form.questions.values()] == ["Clean?", "Safe?", "Quiet?"]
    assert result.losses == [(5, 'In no column of its own, so left out: "Calm?".')]


def test_labels_of_choices_without_a_language_do_not_choose_it(tmp_path: Path) -> None:
    text = """
| survey | | | | |
| | type | name | label::English | label::Welsh |
| | select_one yn | q1 | Is it clean? | Ydy hi'n lân? |
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
"""
    result = import_tables(tmp_path, text.lstrip())
    assert result.form.questions["q1"].ask == "Is it clean?"
    assert result.losses == [
        (1, "The texts in Welsh are left out."),
        (
            6,
            'The choice "yes" has no label in English; the words are those in the column that '
            "names no language.",
        ),
    ]


@pytest.mark.parametrize("other", ["en-GB", "en_US", "English (US)"])
def test_the_same_language_of_another_country_comes_before_any_other(
    tmp_path: Path, other: str
) -> None:
    text = f"""
| survey | | | | |
| | type | name | label::Welsh (cy) | label::English (UK) |
| | select_one yn | q1 | Ydy hi'n lân? | Is it clean? |
| choices | | | | |
| | list_name | name | label::Welsh | label::{other} |
| | yn | yes | Ydy | Yes |
"""
    result = import_tables(tmp_path, text.lstrip())
    scale = result.form.questions["q1"].scale
    assert scale is not None
    assert [value.label for value in scale.values] == ["Yes"]
    what = f'The choice "yes" has no label in English (UK); the words are those in {other}.'
    assert (6, what) in result.losses
