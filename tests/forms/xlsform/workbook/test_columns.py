"""Column names in all their spellings, and the language that is chosen."""

from __future__ import annotations

import pytest

from forms.xlsform.survey.languages import choose
from forms.xlsform.workbook.columns import Column, parse_column, table
from forms.xlsform.workbook.delimited import TextRow
from tests.support.rows import rows


@rows(
    ("header", "name", "language"),
    [
        ("type", "type", ""),
        ("TYPE", "type", ""),
        ("list name", "list_name", ""),
        ("list_name", "list_name", ""),
        ("value", "name", ""),
        ("caption", "label", ""),
        ("caption:english", "label", "english"),
        ("label::English (en)", "label", "English (en)"),
        ("label:English", "label", "English"),
        ("label :: Français (fr)", "label", "Français (fr)"),
        ("relevance", "relevant", ""),
        ("bind:relevant", "relevant", ""),
        ("bind::relevant", "relevant", ""),
        ("bind:jr:constraintMsg", "constraint_message", ""),
        ("bind::jr:constraintMsg", "constraint_message", ""),
        ("constraint message", "constraint_message", ""),
        ("constraint-msg", "constraint_message", ""),
        ("constraint_message::French (fr)", "constraint_message", "French (fr)"),
        ("control:appearance", "appearance", ""),
        ("media::image", "media", ""),
        ("media::image::French (fr)", "media", "French (fr)"),
        ("media:audio", "media", ""),
        ("image", "media", ""),
        ("audio::English (en)", "media", "English (en)"),
        ("read only", "read_only", ""),
        ("readonly", "read_only", ""),
        ("calculate", "calculation", ""),
        ("choice filter", "choice_filter", ""),
        ("guidance_hint::English (en)", "guidance_hint", "English (en)"),
        ("form_title\t", "form_title", ""),
        ("id_string", "form_id", ""),
        ("body::accuracyThreshold", "accuracythreshold", ""),
        ("anything else", "anything_else", ""),
        ("::", "", ""),
    ],
)
def test_a_header_names_a_column(header: str, name: str, language: str) -> None:
    assert parse_column(header) == Column(name, language)


@pytest.mark.parametrize(
    ("languages", "default", "chosen"),
    [
        (["English (en)", "French (fr)"], "French (fr)", "French (fr)"),
        (["English (en)", "French (fr)"], "fr", "French (fr)"),
        (["French (fr)", "English (en)"], "", "English (en)"),
        (["French (fr)", "english"], "", "english"),
        (["French (fr)", "Polish (pl)"], "", "French (fr)"),
        (["", "French (fr)"], "", ""),
        (["", "French (fr)"], "French", "French (fr)"),
        (["", "French (fr)"], "English", ""),
        ([], "", ""),
    ],
)
def test_one_language_is_chosen(languages: list[str], default: str, chosen: str) -> None:
    found = choose([Column("label", language) for language in languages], [], default)
    assert found.chosen == chosen
    assert sorted([*found.others, chosen]) == sorted({*languages, chosen} - {""} | {chosen})


def test_a_missing_text_comes_from_another_language() -> None:
    found = choose([Column("label", "English"), Column("label", "French")], [], "English")
    assert found.pick({"French": "Nom"}) == ("Nom", "French")


def test_the_header_may_stand_below_a_title_and_twice() -> None:
    rows = [
        TextRow(1, ["My form", ""]),
        TextRow(3, ["type", "name", "label", "label"]),
        TextRow(4, ["text", "a", "", "A"]),
        TextRow(6, ["text", "b", "B", "other"]),
    ]
    found = table(rows, "type")
    assert found.header == 3
    assert [(row.number, row.get("name")) for row in found.rows] == [(4, "a"), (6, "b")]
    assert [row.get("label") for row in found.rows] == ["A", "B"]


def test_a_text_that_no_column_takes_is_told() -> None:
    rows = [
        TextRow(1, ["type", "name", "label", "label", ""]),
        TextRow(2, ["text", "a", "A", "A", ""]),
        TextRow(3, ["text", "b", "B", "other", "beside", "far out"]),
    ]
    found = table(rows, "type")
    assert [(stray.row, stray.texts) for stray in found.strays] == [
        (3, ["other", "beside", "far out"])
    ]
