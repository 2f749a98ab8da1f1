"""An import says what it leaves out in the language of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.forms.xlsforms import import_tables
from tests.support.language.pseudo import left_in_english
from visitapp.language import pseudo

pytestmark = pytest.mark.usefixtures("pseudo_language")

FORM = """\
| survey | | | | | | |
| | type | name | label::English | hint::Welsh | relevant | appearance | constraint | calculation |
| | text | q1 | Who? | Pwy? | | minimal | . != 'x' | |
| | integer | n | How many? | | ${later} > 3 | | | |
| | text | why | Why? | | ${n} > 5 or 3 | | | 1 + 1 |
| | audio | a1 | Tape | | ${n} != 5 or ${n} != 6 | | | |
| | select_one none | s1 | Which? | | pulldata('a') = 'b' | | | |
| | select_multiple yn or_other | m1 | Which ones? | | ${n} > 5 and ${n} < 3 | | | |
| | rank yn | r1 | In order? | | ${a1} = 'x' | | | |
| | calculate | c1 | | | | | | ${n} + ${c1} |
| | text | q2 | After ${q1} | | ${c1} = 3 | | | |
| | deviceid | d1 | | | | | | |
| | csv-external | e1 | | | | | | |
| | wiggle | w1 | Wiggle | | | | | |
| | begin repeat | g1 | Each | | | | | |
| | text | q1 | Again | | | | | |
| | end repeat | | | | | | | |
| | | stray | No type | | | | | |
| | note | n2 | The end | | ${n} = 1 | | | |
| choices | | | |
| | list_name | name | label | colour |
| | yn | yes | Yes | |
| | yn | yes | Yes | |
| | yn | no | Yes | red |
| | other | a | A | |
| settings | | |
| | form_title | style |
| | Home | pages |
"""


def test_every_note_is_in_the_catalogue(tmp_path: Path) -> None:
    notes = [what for _, what in import_tables(tmp_path, FORM).losses]
    assert len(notes) > 25
    assert [note for note in notes if not note.startswith("[")] == []
    assert [note for note in notes if left_in_english(note, [])] == []


@pytest.mark.parametrize(
    "clause",
    [
        pseudo("it names {name}, which is not asked before it").format(name="later"),
        pseudo("it uses {function}()").format(function="pulldata"),
        pseudo("{name} is worked out from itself").format(name="c1"),
        pseudo("whose answer is a file"),
        pseudo('"{text}" stands beside "{operator}" without a comparison').format(
            text="3", operator="or"
        ),
    ],
)
def test_the_reason_within_a_note_is_in_the_catalogue(tmp_path: Path, clause: str) -> None:
    assert clause in str(import_tables(tmp_path, FORM).losses)
