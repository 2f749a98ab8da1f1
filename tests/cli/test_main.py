"""The command line itself: exit status, one line on stderr, the data folder, faults of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.terminal.commands import Console, Terminal
from visitapp.bootstrap import make_program
from visitapp.cli.main import run, visitapp
from visitapp.cli.problems import one_line
from visitapp.cli.program import Program
from visitapp.configuration import ClientConfiguration
from visitapp.errors import BadFile, Code, Refused
from visitapp.language import message


def program(*, opened: list[Path] | None = None, fault: BaseException | None = None) -> Program:
    """A program that notes where the desktop or the demo was opened, or fails to open data."""

    def failing(*given: object) -> Any:
        assert fault is not None
        raise fault

    def note(folder: Path, status: int) -> int:
        if opened is not None:
            opened.append(folder)
        return status

    return Program(
        configuration=ClientConfiguration(),
        default_data_dir=Path("the-default"),
        open_services=failing,
        open_desktop=lambda folder: note(folder, 3),
        run_demo=lambda out, headless: note(out, 4 if headless else 5),
        preview_form=lambda file, facts, screenshot: note(file, 6),
        save_rescue=failing,
        device_key=failing,
        renew_key=failing,
    )


def test_without_a_command_the_desktop_opens_on_the_data_folder() -> None:
    opened: list[Path] = []
    assert run(program(opened=opened), []) == 3
    assert run(program(opened=opened), ["--data-dir", "here"]) == 3
    assert opened == [Path("the-default"), Path("here")]


def test_a_preview_is_told_which_file() -> None:
    opened: list[Path] = []
    preview = ["forms", "preview", "form.yaml"]
    assert run(program(opened=opened), preview) == 6
    assert run(program(opened=opened), [*preview, "--setting", "beds=3", "--json"]) == 6
    assert run(program(opened=opened), [*preview, "--setting", "beds"]) == 2
    assert opened == [Path("form.yaml"), Path("form.yaml")]


def test_the_demo_is_told_where_and_how() -> None:
    opened: list[Path] = []
    assert run(program(opened=opened), ["demo", "--out", "there", "--headless"]) == 4
    assert run(program(opened=opened), ["demo"]) == 5
    assert opened == [Path("there"), Path("build/demo")]


@pytest.mark.parametrize(
    "args", [["fly"], ["visits"], ["visits", "fly"], ["import"], ["--data-dir"], ["sync", "--fast"]]
)
def test_wrong_usage_is_status_2(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(program(), args) == 2
    assert capsys.readouterr().out == "" or args == ["visits"]


def test_help_and_version_are_status_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(program(), ["--help"]) == 0
    assert run(program(), ["visits", "start", "--help"]) == 0
    assert run(program(), ["--version"]) == 0
    assert "0.1.0" in capsys.readouterr().out


def test_a_fault_of_ours_is_logged_with_a_reference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = program(fault=ZeroDivisionError("boom"))
    assert run(broken, ["--data-dir", str(tmp_path), "settings", "list", "--json"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "boom" not in said.err
    assert len(said.err.splitlines()) == 1
    log = (tmp_path / "logs" / "visitapp.log").read_text(encoding="utf-8")
    reference = log.split("reference=")[1].split()[0]
    assert reference in said.err
    assert "fault=ZeroDivisionError" in log
    assert "boom" not in log


class Panic(BaseException):
    """As a library in Rust raises one: no Exception."""


def test_a_panic_of_a_library_is_one_line_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = program(fault=Panic("index out of bounds"))
    assert run(broken, ["--data-dir", str(tmp_path), "settings", "list"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert "fault=Panic" in (tmp_path / "logs" / "visitapp.log").read_text(encoding="utf-8")


def test_a_fault_of_ours_without_a_place_to_log_is_still_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    broken = program(fault=ZeroDivisionError("boom"))
    assert run(broken, ["--data-dir", str(tmp_path / "file"), "settings", "list"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("precious", encoding="utf-8")
    assert str(path) in Terminal(path)("settings", "list", "--json").refusal
    assert path.read_text(encoding="utf-8") == "precious"


def test_a_problem_and_its_next_step_make_one_sentence() -> None:
    plain = Refused(Code.BAD_VALUE, message("It is done already."))
    assert one_line(plain) == "It is done already."
    stepped = Refused(Code.BAD_VALUE, message("It is\nnot there."), message("Look elsewhere."))
    assert one_line(stepped) == "It is not there; look elsewhere."
    named = Refused(Code.BAD_VALUE, message("It is unknown."), message("CQC can tell."))
    assert one_line(named) == "It is unknown; CQC can tell."
    longer = Refused(
        Code.BAD_VALUE, message("It is lost. Nothing was changed."), message("Visitapp can wait.")
    )
    assert one_line(longer) == "It is lost; nothing was changed; Visitapp can wait."
    file = BadFile(
        Code.FILE_EMPTY, message("It is empty."), message("Save it again."), file="a.csv", row=3
    )
    assert one_line(file) == "a.csv, line 3: It is empty; save it again."


def test_the_real_program_knows_its_place() -> None:
    assert make_program(ClientConfiguration()).default_data_dir.name == "Visitapp"
    assert set(visitapp.commands) == {
        *("import", "directory", "settings", "visits", "actions", "report", "forms"),
        *("risk", "connect", "sync", "conflicts", "rescue", "key", "demo", "password"),
        *("name", "policy", "contracts", "covers", "decisions", "events", "exceptions"),
        *("hand-overs", "holders", "notices", "placements", "providers", "ratings"),
        *("regulator", "reviews", "concerns", "delegates", "documents", "holds", "plans"),
        *("today", "interventions", "escalation", "people", "support", "find", "campaigns"),
        *("diagnostics",),
    }


def test_a_wrong_passphrase_says_so_and_changes_nothing(tmp_path: Path) -> None:
    console = Console(tmp_path / "data")
    assert console.json("settings", "list") == []
    before = _content(tmp_path / "data")
    refusal = Console(tmp_path / "data", "another one")("settings", "list", "--json").refusal
    assert "passphrase is wrong" in refusal
    assert _content(tmp_path / "data") == before
    assert console.json("settings", "list") == []


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}
