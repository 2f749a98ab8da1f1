"""Whatever a cell says ends in the form or in the list of what is left out, with its row."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.forms.sheets import write_ods, write_xlsx
from tests.support.forms.xlsforms import import_file, import_tables

HEAD = """
| survey | | | | |
| | type | name | label | relevant |
| | select_one yn | q1 | Is it clean? | |
| | integer | n | How many live here? | |
"""
CHOICES = """
| choices | | | |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
"""


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (
            "${q1} = 'no' or 'unsure'",
            '("unsure" stands beside "or" without a comparison) is always true. It is always asked',
        ),
        ("${n} > 5 or 3", '("3" stands beside "or" without a comparison) is always true.'),
        ("true()", "is always true."),
        ("${n} > 5 or not(${n} > 5)", "is always true."),
        ("${n} > 5 and ${n} < 3", "is never true."),
        ("${n} = 5 and ${n} = 6", "is never true."),
        ("${n} = '' and ${n} > 3", "is never true."),
        ("${n} != 5 or ${n} != 6", "is always true."),
        ("${n} = '' or ${n} > 5 or ${n} <= 5", "is always true."),
        ("${q1} = 'maybe'", '("maybe" is not an answer to q1) is never true.'),
        ("selected(${q1}, 'Yes')", '("Yes" is not an answer to q1) is never true.'),
        ("${q1} = 'no' and 0", '("0" stands beside "and" without a comparison) is never true.'),
        ("${q1} = 'no' and 'x'", '"x" stands beside "and" without a comparison.'),
        ("${q1} = 'NO' or ${n} > 5", '"NO" is not an answer to q1.'),
    ],
)
def test_a_condition_that_does_not_depend_on_answers_is_listed(
    tmp_path: Path, condition: str, said: str
) -> None:
    text = f"{HEAD.lstrip()}| | text | q2 | Why not? | {condition} |\n{CHOICES.lstrip()}"
    result = import_tables(tmp_path, text.lstrip())
    (listed,) = [what for row, what in result.losses if row == 5 and said in what]
    assert condition in listed


def test_a_group_whose_condition_is_always_true_is_listed_once(tmp_path: Path) -> None:
    text = f"""{HEAD.lstrip()}| | begin group | g | Care | ${{q1}} = 'no' or 'yes' |
| | text | a | A? | |
| | text | b | B? | |
| | end group | | | |
{CHOICES.lstrip()}"""
    result = import_tables(tmp_path, text.lstrip())
    assert [row for row, what in result.losses if "always true" in what] == [5]


ROWS = [
    ["type", "name", "label", "relevant"],
    ["select_one yn", "q1", "Is it clean?", ""],
    ["text", "q2", "PENDING", "PENDING"],
    ["text", "q3", "Why?", "FAILED"],
]
LIST = [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]]


def as_xlsx(folder: Path) -> Path:
    path = write_xlsx(folder / "form.xlsx", {"survey": ROWS, "choices": LIST})
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    return changed(
        path,
        {
            cell.format("PENDING"): "<c><f>A1</f><v/></c>",
            cell.format("FAILED"): '<c t="e"><f>A1</f><v>#NAME?</v></c>',
        },
    )


def as_ods(folder: Path) -> Path:
    rows = [*ROWS[:3], ["text", "q3", "Why?", ""]]
    path = write_ods(folder / "form.ods", {"choices": LIST, "survey": rows})
    old = '<table:table-cell office:value-type="string"><text:p>PENDING</text:p></table:table-cell>'
    return changed(path, {old: '<table:table-cell table:formula="of:=[.A1]"/>'})


def changed(path: Path, change: dict[str, str]) -> Path:
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts.items():
            for old, new in change.items():
                text = text.replace(old, new)
            package.writestr(name, text)
    return path


@pytest.mark.parametrize("write", [as_xlsx, as_ods])
def test_a_formula_without_a_value_is_listed(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    losses = import_file(write(tmp_path)).losses
    pending = [(row, what.split(",")[0]) for row, what in losses if "worked out" in what]
    why = "is a formula that no program has worked out yet"
    assert pending == [(3, f"The cell C3 {why}"), (3, f"The cell D3 {why}")]
    failed = [row for row, what in losses if "The cell D4 is a formula that gives an error" in what]
    assert failed == ([4] if write is as_xlsx else [])


def test_a_formula_with_an_empty_text_as_its_value_is_an_empty_cell(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "form.xlsx", {"survey": [*ROWS[:1], ["text", "q", "Q?", "NONE"]]})
    cell = '<c t="inlineStr"><is><t>NONE</t></is></c>'
    changed(path, {cell: '<c t="str"><f>""</f><v></v></c>'})
    assert import_file(path).losses == []


SURVEYCTO = """
| survey | | | | | |
| | type | name | label | calculation | read_only |
| | caseid | c | | | |
| | comments | co | | | |
| | text audit | ta | | | |
| | audio audit | aa | | | |
| | speed violations count | sv | | | |
| | speed_violations_list | sl | | | |
| | sensor_statistic pct_quiet | ss | | | |
| | sensor_stream light_level | st | | | |
| | calculate_here | here | | 1 + 1 | |
| | text | shown | Total | 2 + 2 | yes |
| | tel | phone | Phone number? | | |
| | text | q | Why? | | |
"""


def test_what_surveycto_records_by_itself_is_not_asked(tmp_path: Path) -> None:
    result = import_tables(tmp_path, SURVEYCTO.lstrip())
    assert list(result.form.questions) == ["phone", "q"]
    listed = dict(result.losses)
    assert sorted(row for row in listed) == list(range(3, 13))
    for row in range(3, 11):
        assert "which a phone records by itself, is left out." in listed[row]
    assert listed[11] == 'The result of the calculation "here" is not recorded.'
    assert listed[12] == 'The result of the calculation "shown" is not recorded.'


def test_a_result_that_is_shown_can_be_named_in_a_condition(tmp_path: Path) -> None:
    text = """
| survey | | | | | | |
| | type | name | label | calculation | read_only | relevant |
| | integer | n | How many? | | | |
| | calculate_here | here | | ${n} * 2 | | |
| | integer | twice | Twice | ${here} + 1 | yes | |
| | text | q | Why? | | | ${twice} > 9 |
"""
    form = import_tables(tmp_path, text.lstrip()).form
    assert form.questions["q"].relevant == "(answers.n * 2.0) + 1.0 > 9"


def test_placeholders_of_a_loop_never_reach_an_officer(tmp_path: Path) -> None:
    text = """
| survey | | | |
| | type | name | label |
| | begin loop over rooms | r | |
| | integer | n | How many in the %(label)s? |
| | text | t | %(name)s: %(label::English)s |
| | end loop | | |
| choices | | | |
| | list_name | name | label |
| | rooms | kitchen | Kitchen |
"""
    result = import_tables(tmp_path, text.lstrip())
    asked = [question.ask for question in result.form.questions.values()]
    assert asked == ["How many in the [each]?", "[each]: [each]"]
    assert [row for row, what in result.losses if "each turn of a loop" in what] == [4, 5]


def test_choices_of_one_label_are_told_apart(tmp_path: Path) -> None:
    text = """
| survey | | | | |
| | type | name | label | choice_filter |
| | select_one homes | h | Which home? | area = ${a} |
| choices | | | | |
| | list_name | name | label | area |
| | homes | a1 | The Elms | North |
| | homes | b1 | The Elms | South |
| | homes | c1 | The Oaks | South |
"""
    result = import_tables(tmp_path, text.lstrip())
    scale = result.form.questions["h"].scale
    assert scale is not None
    assert [value.label for value in scale.values] == [
        "The Elms (North)",
        "The Elms (South)",
        "The Oaks",
    ]
    assert [row for row, what in result.losses if "Several choices" in what] == [6, 7]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Signed: __________ Date: ______", "Signed: __________ Date: ______"),
        ("Code SEA_774_BOB, **please** check", "Code SEA_774_BOB, please check"),
        ("__Bold__ and **bold too**", "Bold and bold too"),
        ("a__b__c and snake__case", "a__b__c and snake__case"),
        ("*** stars ***", "*** stars ***"),
        ("___ and __bold__ ___", "___ and bold ___"),
        ("5 ** 2 ** 3", "5 ** 2 ** 3"),
    ],
)
def test_lines_to_write_on_stay(tmp_path: Path, written: str, shown: str) -> None:
    text = f"| survey | | | |\n| | type | name | label |\n| | text | q | {written} |\n"
    assert import_tables(tmp_path, text.lstrip()).form.questions["q"].ask == shown


@pytest.mark.parametrize(
    ("calculation", "condition", "why"),
    [
        (
            "instance('contact')/root/seen",
            "${seen} = 'yes'",
            "it names seen, whose calculation in row 3 cannot be kept: it uses instance().",
        ),
        (
            "${n} + (",
            "${seen} = 'yes'",
            "it names seen, whose calculation in row 3 cannot be kept: it cannot be read.",
        ),
        ("1", "position(..) = 1", "it uses position()."),
        ("1", "instance('a')/root/item[name = ${n}]/x = 1", "it uses instance()."),
        ("1", "regex(${n}, '^1')", "it uses regex()."),
        ("1", "${n} = = 1", "it cannot be read."),
    ],
)
def test_the_reason_names_the_right_thing(
    tmp_path: Path, calculation: str, condition: str, why: str
) -> None:
    rows = [
        ["type", "name", "label", "calculation", "relevant"],
        ["integer", "n", "How many?", "", ""],
        ["calculate", "seen", "", calculation, ""],
        ["calculate", "again", "", "${seen}", ""],
        ["text", "q", "Why?", "", condition],
    ]
    losses = import_file(write_xlsx(tmp_path / "f.xlsx", {"survey": rows})).losses
    what = f'The condition "{condition}" cannot be kept: {why} It is always asked here.'
    assert (5, what) in losses


EMPTY_ROWS = [
    '<row r="1048576" spans="1:4"></row>',
    '<row r="9"><c r="XFD9" s="1"></c></row>',
    '<row r="9"><c r="G9" s="1"/></row><row r="1048576" ht="15">\n</row>',
    '<row r="1048576"><c r="G1048576" s="1"></c><c r="XFD1048576" s="1" /></row>',
]


@pytest.mark.parametrize("rows", EMPTY_ROWS)
def test_empty_rows_and_cells_weigh_nothing(tmp_path: Path, rows: str) -> None:
    path = write_xlsx(tmp_path / "f.xlsx", {"survey": ROWS[:2], "choices": LIST})
    changed(path, {"</sheetData>": f"{rows}</sheetData>"})
    assert list(import_file(path).form.questions) == ["q1"]


def test_only_sheets_that_are_read_are_measured(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "f.xlsx", {"survey": ROWS[:2], "choices": LIST, "data": [["FAR"]]})
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    changed(path, {"<t>FAR</t></is></c></row>": f"<t>x</t></is></c></row>{far}"})
    assert list(import_file(path).form.questions) == ["q1"]
