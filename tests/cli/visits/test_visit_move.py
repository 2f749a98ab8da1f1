"""`visitapp visits move`, and the warnings of `visits show`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from forms.catalogue.catalogue import shipped
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.forms.answers import best_answers
from tests.support.forms.versions import NEWER, library_with, newer_text
from tests.support.terminal.commands import Terminal

FORM = "residential-quality"
NOTE = "The rota was not kept."
Write = Callable[..., Path]


@pytest.fixture
def later(terminal: Terminal, keyring: MemoryKeyring, tmp_path: Path) -> Terminal:
    """The same data folder after a newer version came, in which a question has a new id."""
    text = newer_text(FORM, ("id: registered_manager\n", "id: manager_in_post\n"))
    return Terminal(terminal.data_dir, keyring, library_with(tmp_path / "forms", text))


@pytest.fixture
def answered(terminal: Terminal, visit: str, write: Write) -> str:
    """The visit with two findings of one note."""
    finding = {"value": "not_met", "note": NOTE}
    answers = {"registered_manager": finding, "provider_oversight": finding}
    terminal("visits", "answers", visit, write("answers.json", answers))
    return visit


def test_without_yes_a_move_is_only_told(later: Terminal, answered: str) -> None:
    told = later.json("visits", "move", answered, "--to", NEWER)
    assert told["moved"] is False
    (away,) = told["changes"]["falls_away"]
    assert (away["question"], away["note"], away["why"]) == ("registered_manager", NOTE, "gone")
    said = later("visits", "move", answered, "--to", NEWER).out
    assert NOTE in said
    assert "Nothing was changed" in said
    assert later.json("visits", "show", answered)["form"]["version"] != NEWER


def test_with_yes_the_visit_moves_and_shows_what_is_kept_aside(
    later: Terminal, answered: str
) -> None:
    moved = later.json("visits", "move", answered, "--to", NEWER, "--yes")
    assert moved["moved"] is True
    shown = later.json("visits", "show", answered)
    assert shown["form"]["version"] == NEWER
    assert shown["kept_aside"] == moved["changes"]["falls_away"]
    assert list(shown["answers"]) == ["provider_oversight"]
    text = later("visits", "show", answered).out
    assert text.split("Answers kept from another version")[1].count(NOTE) == 1
    assert "not newer" in later("visits", "move", answered, "--to", NEWER, "--yes").refusal


def test_a_move_names_the_levels_of_its_form(
    terminal: Terminal, keyring: MemoryKeyring, tmp_path: Path, write: Write
) -> None:
    setting = terminal.json("settings", "list")[0]["id"]
    visit = terminal.json("visits", "start", setting, "--form", "four-level")["id"]
    answers = best_answers(shipped().form("four-level"))
    terminal("visits", "answers", visit, write("answers.json", answers))
    text = newer_text(
        "four-level", ("id: excellent, label: Excellent", "id: excellent, label: Superb")
    )
    later = Terminal(terminal.data_dir, keyring, library_with(tmp_path / "forms", text))
    said = later("visits", "move", visit, "--to", NEWER).out
    assert "Outcome now: Excellent (Green), 100%. After the move: Superb (Green), 100%." in said


def test_a_version_that_is_not_here_is_refused(later: Terminal, answered: str) -> None:
    assert "1900.1" in later("visits", "move", answered, "--to", "1900.1", "--json").refusal
    assert later("visits", "move", answered).status == 2


def test_a_signed_off_visit_does_not_move(
    terminal: Terminal, later: Terminal, visit: str, write: Write, complete: object
) -> None:
    terminal("visits", "answers", visit, write("answers.json", complete))
    assert terminal("visits", "sign-off", visit).status == 0
    assert "signed off" in later("visits", "move", visit, "--to", NEWER, "--yes").refusal


def test_one_note_behind_two_findings_is_shown(terminal: Terminal, answered: str) -> None:
    (warning,) = terminal.json("visits", "show", answered)["warnings"]
    assert NOTE in warning
    assert warning in terminal("visits", "show", answered).out
