"""The same XLSForm in every container; the content decides, not the name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.forms.sheets import write_ods, write_xlsx
from tests.support.forms.xlsforms import Result, import_file
from visitapp.errors import BadFile

SHEETS = {
    " Survey": [
        ["type", "name", "label", "relevant"],
        ["select_one yes_no", "ok ", " Is it\xa0well? ", ""],
        ["", "", "", ""],
        ["text", "why", "Why not?", "${ok} = “no”"],
    ],
    "CHOICES": [["list name", "name", "label"], ["yes_no", "yes", "Yes"], ["yes_no", "no", "No"]],
    "settings": [["form_title", "form_id"], ["Small form", "small_form"]],
    "notes": [["anything", "else"]],
}


def check(result: Result) -> None:
    form = result.form
    assert (form.id, form.title) == ("small-form", "Small form")
    assert list(form.questions) == ["ok", "why"]
    assert form.questions["ok"].ask == "Is it well?"
    assert form.questions["why"].relevant == "answers.ok == 'no'"
    assert result.losses == [(1, "The sheet is left out.")]


@pytest.mark.parametrize("name", ["form.xlsx", "form.xls", "form", "form.csv"])
def test_xlsx_under_any_name(tmp_path: Path, name: str) -> None:
    check(import_file(write_xlsx(tmp_path / name, SHEETS)))


@pytest.mark.parametrize("name", ["form.ods", "form.xlsx"])
def test_ods_under_any_name(tmp_path: Path, name: str) -> None:
    check(import_file(write_ods(tmp_path / name, SHEETS)))


def as_lines(join: str, quote: str = "") -> str:
    lines = []
    for name, rows in SHEETS.items():
        lines.append(name)
        for row in rows:
            lines.append(join.join(["", *(f"{quote}{cell}{quote}" for cell in row)]))
    return "\r\n".join(lines) + "\r\n"


@pytest.mark.parametrize(
    ("join", "quote", "encoding"),
    [
        (",", "", "utf-8"),
        (",", '"', "utf-8-sig"),
        (";", "", "utf-8"),
        ("\t", "", "utf-16"),
        (",", "", "cp1252"),
    ],
)
def test_csv_of_any_kind(tmp_path: Path, join: str, quote: str, encoding: str) -> None:
    path = tmp_path / "form.csv"
    path.write_bytes(as_lines(join, quote).encode(encoding))
    check(import_file(path))


def test_markdown_tables(tmp_path: Path) -> None:
    lines = ["# My form", ""]
    for name, rows in SHEETS.items():
        lines += [f"| {name} |", "| --- | --- |"]
        lines += [" | ".join(["| ", *row]) + " |" for row in rows]
    path = tmp_path / "form.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    check(import_file(path))


@pytest.mark.parametrize("edge", ["|", ""])
@pytest.mark.parametrize("heading", ["## {}", "**{}**", "### {} ###"])
def test_markdown_tables_below_headings(tmp_path: Path, heading: str, edge: str) -> None:
    lines = ["# My form", "", "Some words."]
    for name, (header, *rows) in SHEETS.items():
        lines += [heading.format(name.title()), "", " --- | --- | --- "]
        bold = [f"**{cell}**" for cell in header]
        lines += [f"{edge} {' | '.join(row)} {edge}" for row in (bold, *rows)]
    path = tmp_path / "form.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    check(import_file(path))


@pytest.mark.timeout(120)
@pytest.mark.parametrize("line", ["|" + "-" * 900_000 + "x", "# " + "#" * 900_000 + "x"])
def test_a_long_line_takes_no_time(tmp_path: Path, line: str) -> None:
    path = tmp_path / "form.md"
    path.write_text(f"|survey|\n| |type|name|\n| |text|a|\n{line}\n", encoding="utf-8")
    assert list(import_file(path).form.questions) == ["a"]


def test_a_survey_alone_in_a_csv(tmp_path: Path) -> None:
    path = tmp_path / "Monthly check.csv"
    path.write_text("type,name,label\ninteger,beds,Beds?\n", encoding="utf-8")
    result = import_file(path)
    assert (result.form.id, result.form.title) == ("monthly-check", "Monthly check")
    assert list(result.form.questions) == ["beds"]


def test_a_first_sheet_that_is_a_survey_by_its_columns(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "f.xlsx", {"Sheet1": [["type", "name"], ["text", "a"]]})
    assert list(import_file(path).form.questions) == ["a"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_csv_in_every_unicode_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "form.csv"
    path.write_bytes("type,name,label\ntext,a,Café Łódź\n".encode(encoding))
    assert import_file(path).form.questions["a"].ask == "Café Łódź"


@pytest.mark.parametrize("rest", ["", "\ninteger,b,B\ninteger,c,C\n"])
def test_a_quotation_mark_that_is_never_closed_is_refused_at_its_row(
    tmp_path: Path, rest: str
) -> None:
    path = tmp_path / "form.csv"
    path.write_text(f'type,name,label\ntext,z,"Z ""z"""\ntext,a,"How{rest}', encoding="utf-8")
    with pytest.raises(BadFile, match="never closed") as refused:
        import_file(path)
    assert refused.value.row == 3


@pytest.mark.parametrize("start", ["%PDF-1.7", '{"a": 1}', "<html>", "\n<?xml version='1.0'?><h/>"])
def test_what_is_no_table_is_refused_for_that_reason(tmp_path: Path, start: str) -> None:
    path = tmp_path / "form.csv"
    path.write_text(start, encoding="utf-8")
    with pytest.raises(BadFile, match="cannot be read as a spreadsheet or as text"):
        import_file(path)


def test_a_survey_without_the_column_type_is_refused_by_that_name(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "f.xlsx", {"survey": [["typ", "name"], ["text", "a"]]})
    with pytest.raises(BadFile, match="The sheet survey has no column “type”"):
        import_file(path)


def test_every_sheet_that_is_not_read_is_listed(tmp_path: Path) -> None:
    survey = [["type", "name", "label"], ["text", "a", "A"]]
    sheets = {"survey": survey, "Survey ": survey, "rooms": [["x"]], "entities": [["y"]]}
    result = import_file(write_xlsx(tmp_path / "f.xlsx", sheets))
    listed = [loss.sheet for loss in result.imported.left_out]
    assert listed == ["Survey ", "rooms", "entities"]
