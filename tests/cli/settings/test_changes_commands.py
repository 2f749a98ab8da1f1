"""`visitapp import --changes` and `visitapp directory changes`."""

from __future__ import annotations

import io
from pathlib import Path

from tests.support.directory.cqc import HEATHER, PLACES, ROWAN, write_cqc
from tests.support.terminal.commands import Terminal

JUNE = "06/26/2026"
WORSE = HEATHER._replace(overall="Inadequate", published=JUNE)


def test_an_import_says_what_is_new(terminal: Terminal, tmp_path: Path) -> None:
    june = write_cqc(tmp_path / "june.csv", [WORSE, ROWAN._replace(published=JUNE)])
    out = terminal("directory", "import", june, "--changes").out
    assert "Overall: from Good to Inadequate" in out
    assert "Rowan Care at Home" in out
    held = terminal.json("directory", "changes")
    assert {one["setting"] for one in held} == {"Heather Bank"}
    (other,) = terminal.json("directory", "changes", "--area")
    assert (other["setting"], other["what"]) == (
        "Rowan Care at Home",
        "New report, rated Requires improvement",
    )
    told = terminal.json("import", june, "--changes")
    assert told["changes"] == []
    assert terminal.json("directory", "changes", "--out", tmp_path / "c.xlsx")["rows"] == len(held)


def test_an_older_file_is_refused_unless_it_is_wanted(terminal: Terminal, tmp_path: Path) -> None:
    terminal.json("import", write_cqc(tmp_path / "june.csv", [WORSE]))
    may = write_cqc(tmp_path / "may.csv")
    assert "older than the one" in terminal("import", may).refusal
    assert terminal.json("import", may, "--older")["files"][0]["settings"] == len(PLACES)


class InterruptedScreen(io.TextIOWrapper):
    """A terminal whose person presses Ctrl C when the first rows are shown."""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if "rows" in text:
            raise KeyboardInterrupt
        return super().write(text)


def test_ctrl_c_stops_an_import_and_leaves_the_directory(
    terminal: Terminal, tmp_path: Path
) -> None:
    directory = terminal.data_dir / "directory.db"
    before = directory.read_bytes()
    many = [WORSE._replace(location_id=f"1-8{n:05}") for n in range(120)]
    path = write_cqc(tmp_path / "june.csv", many)
    screen = InterruptedScreen(io.BytesIO(), encoding="utf-8")
    stopped = terminal("import", path, screen=screen)
    assert (stopped.status, stopped.out) == (1, "")
    assert "Stopped." in stopped.err
    assert directory.read_bytes() == before
