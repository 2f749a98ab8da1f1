"""Rows and choices that share a name or a label keep what each of them says."""

from __future__ import annotations

from pathlib import Path

from tests.support.forms.xlsforms import import_tables


def test_a_name_that_stands_twice_is_listed(tmp_path: Path) -> None:
    result = import_tables(
        tmp_path,
        """| survey | | | | |
| | type | name | label | relevant |
| | integer | n | How many live here? | |
| | integer | n | How many work here? | |
| | text | z | Why so many? | ${n} > 3 |
""",
    )
    said = 'The name "n" also stands in row 3; conditions below mean this row.'
    assert result.losses == [(4, said)]
    assert result.form.questions["z"].relevant == "answers.n_2 > 3"


def test_two_choices_of_one_name_keep_their_own_labels(tmp_path: Path) -> None:
    result = import_tables(
        tmp_path,
        """| survey | | | |
| | type | name | label |
| | select_one homes | home | Which home? |
| choices | | | | |
| | list_name | name | label | area |
| | homes | h1 | The Elms | North |
| | homes | h2 | The Elms | South |
| | homes | h2 | The Oaks | South |
""",
    )
    scale = result.form.questions["home"].scale
    assert scale is not None
    labels = [value.label for value in scale.values]
    assert labels == ["The Elms (North)", "The Elms (South)", "The Oaks"]


def test_a_list_that_no_row_names_is_listed(tmp_path: Path) -> None:
    result = import_tables(
        tmp_path,
        """| survey | | | |
| | type | name | label |
| | select_one Asked | a | A? |
| | begin loop over looped | l | Each %(label)s |
| | text | b | B? |
| | end loop | | |
| choices | | | |
| | list_name | name | label |
| | asked | yes | Yes |
| | looped | one | One |
| | spare | x | X |
| | spare | y | Y |
""",
    )
    spare = [loss for loss in result.losses if "named by no question" in loss[1]]
    assert spare == [(11, 'The list "spare" is named by no question, so it is left out.')]
