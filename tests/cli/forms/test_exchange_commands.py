"""`forms import`, `forms export` and `visits export`, from the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

from tests.support.forms.sheets import write_xlsx
from tests.support.terminal.commands import Terminal

FORM = "residential-quality"
SHEETS = {
    "survey": [
        ["type", "name", "label", "appearance"],
        ["select_one yes_no", "warm", "Is it warm?", "minimal"],
    ],
    "choices": [["list_name", "name", "label"], ["yes_no", "yes", "Yes"], ["yes_no", "no", "No"]],
    "settings": [["form_title", "form_id"], ["Warm homes", "warm_homes"]],
}
LOSS = 'The appearance "minimal" is left out.'


@pytest.fixture
def xlsform(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "warm.xlsx", SHEETS)


def test_an_xlsform_becomes_a_form_that_passes_the_check(
    new_terminal: Terminal, xlsform: Path, tmp_path: Path
) -> None:
    out = tmp_path / "warm.yaml"
    told = new_terminal("forms", "import", xlsform, "--out", out).out
    assert "Warm homes: 1 question in 1 area, 0 under a condition, from 1 row." in told
    assert f"survey 2: {LOSS}" in told
    assert "no faults" in new_terminal("forms", "check", out).out


def test_the_import_as_json(new_terminal: Terminal, xlsform: Path) -> None:
    told = new_terminal.json("forms", "import", xlsform)
    assert (told["form_id"], told["questions"], told["file"]) == ("warm-homes", 1, None)
    assert told["left_out"] == [{"sheet": "survey", "row": 2, "what": LOSS}]
    assert told["form"].splitlines()[2] == "id: warm-homes"


def test_without_a_file_to_write_only_the_form_is_printed(
    new_terminal: Terminal, xlsform: Path
) -> None:
    printed = new_terminal("forms", "import", xlsform)
    assert printed.out == new_terminal.json("forms", "import", xlsform)["form"]


def test_an_edited_form_is_never_replaced(
    new_terminal: Terminal, xlsform: Path, tmp_path: Path
) -> None:
    out = tmp_path / "mine.yaml"
    out.write_text("my work", encoding="utf-8")
    assert "already" in new_terminal("forms", "import", xlsform, "--out", out).refusal
    assert out.read_text(encoding="utf-8") == "my work"


def test_what_is_no_xlsform_is_refused(new_terminal: Terminal, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n", encoding="utf-8")
    assert "no sheet named survey" in new_terminal("forms", "import", wrong).refusal


def test_a_form_as_a_questionnaire(new_terminal: Terminal, tmp_path: Path) -> None:
    printed = new_terminal("forms", "export", FORM, "--fhir").out
    Questionnaire.model_validate_json(printed)
    out = tmp_path / "form.json"
    assert new_terminal.json("forms", "export", FORM, "--fhir", "--out", out) == {"file": str(out)}
    assert json.loads(out.read_text(encoding="utf-8")) == json.loads(printed)


def test_a_visit_as_a_response(
    terminal: Terminal, visit: str, complete: dict[str, object], tmp_path: Path
) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(complete), encoding="utf-8")
    terminal("visits", "answers", visit, answers)
    resource = terminal.json("visits", "export", visit, "--fhir")
    QuestionnaireResponse.model_validate_json(json.dumps(resource))
    assert resource["status"] == "in-progress"
    assert resource["questionnaire"].startswith(f"urn:visitapp:form:{FORM}|")
    given = {item["linkId"]: item for area in resource["item"] for item in area["item"]}
    assert given["referrals"]["answer"][0]["valueCoding"]["code"] == "not_met"
    terminal("visits", "sign-off", visit)
    assert terminal.json("visits", "export", visit, "--fhir")["status"] == "completed"
