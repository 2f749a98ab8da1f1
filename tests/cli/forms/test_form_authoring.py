"""`visitapp forms new` and `visitapp forms diff`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.forms.versions import CURRENT, newer_text
from tests.support.terminal.commands import Terminal

FORM = "residential-quality"
Write = Callable[..., Path]


def test_a_new_form_is_written_and_passes_the_check(new_terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "kitchen.yaml"
    begin = ("forms", "new", "kitchen", "--title", "Kitchens", "--kind", "visit")
    assert str(file) in new_terminal(*begin, "--out", file).out
    assert new_terminal("forms", "check", file).out == f"{file}: no faults\n"
    written = file.read_text(encoding="utf-8")
    assert new_terminal.json(*begin) == {"file": None, "form": written}
    assert new_terminal(*begin).out == written
    assert str(file) in new_terminal(*begin, "--out", file).refusal
    assert file.read_text(encoding="utf-8") == written


@pytest.mark.parametrize("form_id", ["two words", "", "../up"])
def test_a_form_with_a_bad_id_is_refused_and_not_written(
    new_terminal: Terminal, tmp_path: Path, form_id: str
) -> None:
    file = tmp_path / "bad.yaml"
    begin = ("forms", "new", form_id, "--title", "T", "--kind", "visit", "--out", file)
    assert new_terminal(*begin).refusal
    assert not file.exists()
    assert new_terminal("forms", "new", "f", "--title", "T", "--kind", "audit").status == 2


def test_a_form_that_cannot_be_written_is_refused(new_terminal: Terminal, tmp_path: Path) -> None:
    begin = ("forms", "new", "f", "--title", "T", "--kind", "risk", "--out")
    assert str(tmp_path) in new_terminal(*begin, tmp_path / "none" / "f.yaml").refusal


def test_changes_are_told_in_words_without_any_records(
    new_terminal: Terminal, write: Write
) -> None:
    file = write("newer.yaml", newer_text(FORM, ("minimum_coverage: 70", "minimum_coverage: 75")))
    told = new_terminal.json("forms", "diff", FORM, file)
    assert told["visits"] is None
    assert told["new"] == {"id": FORM, "version": "2099.1"}
    (change,) = told["changes"]
    assert (change["what"], change["about"]) == ("rescored", "form")
    assert "75 per cent" in new_terminal("forms", "diff", FORM, file).out
    assert not new_terminal.data_dir.exists()


def test_a_version_can_be_named_and_a_missing_one_is_refused(new_terminal: Terminal) -> None:
    same = new_terminal("forms", "diff", FORM, f"{FORM}@{CURRENT}").out
    assert same == "The questions and the rating rules did not change.\n"
    assert "1900.1" in new_terminal("forms", "diff", f"{FORM}@1900.1", FORM).refusal


def test_visits_that_would_be_rated_differently_are_listed(
    terminal: Terminal, visit: str, write: Write, complete: dict[str, Any]
) -> None:
    file = write("newer.yaml", newer_text(FORM, ("not_met: red", "not_met: amber")))
    assert terminal.json("forms", "diff", FORM, file)["visits"] == {"looked_at": 0, "different": []}
    assert "no signed-off visits" in terminal("forms", "diff", FORM, file).out
    terminal("visits", "answers", visit, write("answers.json", complete))
    signed = terminal.json("visits", "sign-off", visit)
    assert signed["outcome"]["overall"] == "red"
    milder = write("milder.yaml", newer_text(FORM, ("score: 0,", "score: 0.9,")))
    found = terminal.json("forms", "diff", FORM, milder)["visits"]
    assert found["looked_at"] == 1
    (one,) = found["different"]
    assert one["visit_id"] == visit
    assert one["points"] == one["after"]["percent"] - one["before"]["percent"] > 0
    assert one["points"] == 1
    assert "(+1 point)" in terminal("forms", "diff", FORM, milder).out
