"""Whole XLSForms, small and readable: what comes along, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.rating.answers import relevant_questions
from tests.support.forms.xlsforms import import_tables
from visitapp.errors import BadFile

VISIT = """
| survey |
| | type                  | name     | label                | hint       | required | relevant |
| | note                  | hello    | Welcome, **officer** |            |          |          |
| | begin group           | Care     | Care and support     |            |          |          |
| | select_one yes_no     | planSeen | Is there a plan?     | Ask for it | yes      |          |
| | note                  | aside    | Look at two plans.   |            |          |          |
| | integer               | count    | How many plans? |      | TRUE | ${planSeen} = 'yes'     |
| | select_multiple rooms | seen     | Which rooms?         |            |          |          |
| | begin group           | inner    | Meals | | | selected(${seen}, 'kitchen') |
| | date                  | checked  | When was it checked? |            | no | ${count} > 2   |
| | end group             |          |                      |            |          |          |
| | end group             |          |                      |            |          |          |
| | text                  | in       | Anything else?       |            |          |          |
| choices |
| | list name | name    | label   |
| | yes_no    | yes     | Yes     |
| | yes_no    | no      | No      |
| | rooms     | kitchen | Kitchen |
| | rooms     | lounge  | Lounge  |
| settings |
| | form_title | form_id | version |
| | My visit   | MyVisit | 2 beta  |
"""


def test_conditions_on_words_and_days_hold_at_the_visit(tmp_path: Path) -> None:
    text = """| survey |
| | type    | name  | label         | relevant                  |
| | today   | now   |               |                           |
| | text    | t     | Who was seen? |                           |
| | date    | d     | Next service? |                           |
| | text    | why   | Why?          | ${t} != ''                |
| | text    | late  | Why so late?  | ${d} < ${now}             |
| | text    | short | Say more.     | string-length(${t}) < 5   |
"""
    result = import_tables(tmp_path, text)
    assert [row for row, _ in result.losses] == [3]
    answers = {"t": {"value": "Łódź"}, "d": {"value": "2026-11-21"}}
    day = {"today": "2026-11-22"}
    asked = relevant_questions(result.form, answers, day)
    assert asked == {"t", "d", "why", "late", "short"}
    assert relevant_questions(result.form, {}, day) == {"t", "d", "short"}


@pytest.mark.parametrize("type_", ["image", "photo", "audio", "video", "file"])
def test_a_condition_on_a_file_is_listed(tmp_path: Path, type_: str) -> None:
    text = f"""| survey |
| | type    | name | label      | relevant    |
| | {type_} | p    | The proof  |             |
| | text    | t    | Say more.  | ${{p}} != '' |
"""
    result = import_tables(tmp_path, text)
    assert result.form.questions["t"].relevant is None
    assert any(row == 4 and "p, whose answer is a file" in what for row, what in result.losses)


def test_a_whole_form(tmp_path: Path) -> None:
    result = import_tables(tmp_path, VISIT)
    form = result.form
    assert (form.id, form.version, form.title) == ("my-visit", "2-beta", "My visit")
    assert form.intro == "Welcome, officer"
    assert [area.title for area in form.areas] == [
        "Care and support",
        "Care and support: Meals",
        "My visit",
    ]
    assert list(form.questions) == [
        "plan_seen",
        "count",
        "seen_kitchen",
        "seen_lounge",
        "checked",
        "q_in",
    ]
    plan, count = form.questions["plan_seen"], form.questions["count"]
    assert (plan.type, plan.required, plan.look_for) == ("choice", True, "Ask for it")
    assert plan.scale is not None
    assert [(v.value, v.label, v.score) for v in plan.scale.values] == [
        ("yes", "Yes", None),
        ("no", "No", None),
    ]
    assert (count.type, count.required) == ("number", True)
    assert count.relevant == "answers.plan_seen == 'yes'"
    assert count.look_for == "Look at two plans."
    assert form.questions["seen_kitchen"].ask == "Which rooms? Kitchen"
    checked = form.questions["checked"]
    assert (checked.type, checked.required) == ("date", False)
    assert checked.relevant == "answers.seen_kitchen == 'yes' && answers.count > 2"
    assert result.losses == [(9, "It is asked as 2 questions, one for each choice.")]
    assert (result.imported.rows, result.imported.questions, result.imported.areas) == (11, 6, 3)


def test_the_conditions_work_in_the_engine(tmp_path: Path) -> None:
    form = import_tables(tmp_path, VISIT).form
    assert "count" not in relevant_questions(form, {})
    answers = {"plan_seen": {"value": "yes"}, "seen_kitchen": {"value": "yes"}}
    assert {"count"} == relevant_questions(form, answers) - relevant_questions(form, {})
    answers["count"] = {"value": 3}
    assert "checked" in relevant_questions(form, answers)


def only(row: str, columns: str = "type | name | label", choices: str = "") -> str:
    """A survey of one row as Markdown."""
    return f"| survey |\n| | {columns} |\n| | {row} |\n{choices}"


@pytest.mark.parametrize(
    ("columns", "row", "what"),
    [
        ("type | name | label | appearance", "text | a | A | multiline", "multiline"),
        ("type | name | label | default", "text | a | A | none", "filled in beforehand"),
        ("type | name | label | calculation", "text | a | A | 1 + 1", "given by hand"),
        ("type | name | label | read_only", "text | a | A | yes", "only be read"),
        ("type | name | label | media::image", "text | a | A | a.png", "picture"),
        ("type | name | label | required", "text | a | A | ${b} = 1", "here it never must"),
        ("type | name | label | constraint", "integer | a | A | . > today()", "is left out"),
        ("type | name | label | colour", "text | a | A | red", 'column "colour"'),
        ("type | name | label | relevant", "text | a | A | today() = 1", "today()"),
        ("type | name | label", "geopoint | a | A", "typed as text"),
        ("type | name | label", "image | a | A", "evidence"),
        ("type | name | label", "dance | a | A", "is not known"),
        ("type | name | label", "select_one gone | a | A", "no list"),
        ("type | name | label", "select_one_from_file w.csv | a | A", "outside the choices"),
        ("type | name | label", "rank gone | a | A", "order"),
        ("type | name | label", "text | a |", "no label"),
        ("type | name | label", "text | a | Is ${b} here?", "repeat an earlier answer"),
        ("type | name | label::English (en) | label::French (fr)", "text | a | A | B", "French"),
    ],
)
def test_what_is_lost_is_said(tmp_path: Path, columns: str, row: str, what: str) -> None:
    result = import_tables(tmp_path, only(row, columns))
    assert len(result.form.questions) == 1
    assert [loss for loss in result.losses if what in loss[1]], result.losses
    assert {row for row, _ in result.losses} <= {1, 2, 3}


def test_limits_on_answers_are_told_in_words(tmp_path: Path) -> None:
    columns = "type | name | label | constraint | constraint_message"
    told = import_tables(tmp_path, only("integer | a | A | . > 0 and . <= 60 | ", columns))
    assert told.form.questions["a"].look_for == "The answer is more than 0 and at most 60."
    told = import_tables(tmp_path, only("integer | a | A | . < 9 | Below nine", columns))
    assert told.form.questions["a"].look_for == "Below nine"


@pytest.mark.parametrize(
    ("rows", "row", "what"),
    [
        (["begin group | g | G", "text | a | A"], 3, "has no end"),
        (["text | a | A", "end group | |"], 4, "never begun"),
        (["begin group | g | G", "text | a | A", "end repeat | |"], 5, "row 3 began a group"),
        (["note | a | A"], 3, "no questions"),
        (["begin group | g | G"] * 40, 33, "too deep"),
        ([f"text | q{n} | Q" for n in range(601)], 603, "more than 600 questions"),
    ],
)
def test_a_refusal_names_the_row(tmp_path: Path, rows: list[str], row: int, what: str) -> None:
    text = "| survey |\n| | type | name | label |\n" + "".join(f"| | {r} |\n" for r in rows)
    with pytest.raises(BadFile, match=what) as refusal:
        import_tables(tmp_path, text)
    assert refusal.value.row == row
    assert "form.md" in str(refusal.value)


def test_repeats_are_asked_once(tmp_path: Path) -> None:
    text = only(
        "begin repeat | r | Each resident |\n| | text | a | Name |\n| | end repeat | | |",
    )
    result = import_tables(tmp_path, text)
    assert [area.title for area in result.form.areas] == ["Each resident"]
    assert (3, "Its questions repeat for each one; here they are asked once.") in result.losses


def test_other_is_a_choice_with_a_text(tmp_path: Path) -> None:
    choices = "| choices |\n| | list_name | name | label |\n| | c | red | Red |\n"
    row = "select_one c or_other | fav | Favourite? |"
    form = import_tables(tmp_path, only(row, choices=choices)).form
    scale = form.questions["fav"].scale
    assert scale is not None
    assert list(scale.by_value) == ["red", "other"]
    assert form.questions["fav_other"].relevant == "answers.fav == 'other'"
    assert form.questions["fav_other"].type == "text"


def test_calculations_are_worked_out_inside_conditions(tmp_path: Path) -> None:
    text = (
        "| survey |\n| | type | name | label | calculation | relevant |\n"
        "| | integer | age | Age | | |\n"
        "| | calculate | adult | | if(${age} >= 18, 1, 0) | |\n"
        "| | text | job | Job | | ${adult} = 1 |\n"
    )
    result = import_tables(tmp_path, text)
    assert result.form.questions["job"].relevant == "answers.age >= 18"
    assert (4, 'The result of the calculation "adult" is not recorded.') in result.losses


def test_names_become_ids_of_their_own(tmp_path: Path) -> None:
    names = ["a b", "A B", "1st", "in", "日本", "naïve", "x" * 200]
    rows = "".join(f"| | text | {name} | L |\n" for name in names)
    form = import_tables(tmp_path, "| survey |\n| | type | name | label |\n" + rows).form
    assert list(form.questions) == [
        *("a_b", "a_b_2", "q_1st", "q_in", "q", "naive"),
        "x" * 60,
    ]


def test_choices_with_odd_names_keep_their_meaning(tmp_path: Path) -> None:
    text = (
        "| survey |\n| | type | name | label | relevant |\n"
        "| | select_one l | s | S | |\n"
        "| | text | t | T | ${s} = 'très bien' |\n"
        "| | text | u | U | ${s} > 1 |\n"
        "| choices |\n| | list_name | name | label |\n"
        "| | l | très bien | Good |\n| | l | 1 | One |\n| | l | 2 | Two |\n| | l | 2 | Too |\n"
    )
    form = import_tables(tmp_path, text).form
    assert form.questions["t"].relevant == "answers.s == 'tres_bien'"
    assert form.questions["u"].relevant == "answers.s in ['2', '2_2']"


def test_long_lists_and_long_conditions_are_let_go_in_words(tmp_path: Path) -> None:
    many = "".join(f"| | l | {n} | L{n} |\n" for n in range(400))
    test = " or ".join(f"${{a}} = {n}" for n in range(60))
    text = (
        "| survey |\n| | type | name | label | relevant |\n| | integer | a | A | |\n"
        f"| | select_one l | s | S | |\n| | text | t | T | {test} |\n"
        f"| | select_multiple l | m | M | |\n| choices |\n| | list_name | name | label |\n{many}"
    )
    result = import_tables(tmp_path, text)
    assert result.form.questions["s"].type == result.form.questions["m"].type == "text"
    assert result.form.questions["t"].relevant is None
    assert (4, "Its 400 choices are too many; the answer is a text.") in result.losses
    too_long = "Its condition is too long once translated. It is always asked here."
    assert (5, too_long) in result.losses


def test_an_outer_condition_goes_before_an_inner_one(tmp_path: Path) -> None:
    test = " or ".join(f"${{a}} = {n}" for n in range(60))
    text = (
        "| survey |\n| | type | name | label | relevant |\n| | integer | a | A | |\n"
        f"| | begin group | g | G | {test} |\n| | text | t | T | ${{a}} > 1 |\n"
        "| | end group | | | |\n"
    )
    result = import_tables(tmp_path, text)
    assert result.form.questions["t"].relevant == "answers.a > 1"
    kept = "Only a part of the conditions around it is kept."
    assert (5, f"Its condition is too long once translated. {kept}") in result.losses


def test_what_stands_beside_the_columns_is_said(tmp_path: Path) -> None:
    tables = """
| survey |
| | type | name | label | label |
| | text | a | A | Another |
| | select_one yn | b | B | B | Ask twice |
| choices |
| | list_name | name | label |
| | yn | yes | Yes | Quite |
| settings |
| | form_title |
| | One | Beside |
| | Two |
"""
    assert import_tables(tmp_path, tables).losses == [
        (4, 'In no column of its own, so left out: "Another".'),
        (5, 'In no column of its own, so left out: "Ask twice".'),
        (8, 'In no column of its own, so left out: "Quite".'),
        (11, 'In no column of its own, so left out: "Beside".'),
        (12, "A second row of settings is left out."),
    ]
