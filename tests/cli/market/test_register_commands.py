"""`visitapp contracts import`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.terminal.commands import Terminal
from visitapp.records import Role


@pytest.fixture
def lead(terminal: Terminal, keyring: MemoryKeyring) -> Terminal:
    """The terminal of a team lead."""
    with open_desk(terminal.data_dir, Clock(), keyring) as desk:
        bring(desk, lee=Role.LEAD)
        become(desk, "lee")
    return terminal


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text("Agreement,Run by,Ends\nC-1,Brook Care,31/03/2027\n", encoding="utf-8")
    return path


def test_columns_are_mapped_once_and_the_difference_is_shown_before_it_is_taken(
    lead: Terminal, file: Path
) -> None:
    run = ("contracts", "import", file)
    mapped = ("--map", "Agreement=number", "--map", "Run by=provider")
    shown = lead(*run, *mapped, "--preview").out
    assert "“Agreement” is read as Contract number." in shown
    assert "row 2: C-1, new; Provider Brook Care; End date 31 Mar 2027" in shown
    assert lead(*run, stdin="n\n").status == 1
    assert lead.json("contracts", "list") == []
    assert lead(*run, "--json").status == 2
    assert lead(*run, stdin="y\n").out.endswith("Added or changed 1 contract.\n")
    file.write_text(file.read_text().replace("2027", "2028"), encoding="utf-8")
    assert "End date 31 Mar 2027 → 31 Mar 2028" in lead(*run, "--preview").out
    assert lead.json(*run, "--yes")["taken"] == 1
    assert lead.json(*run, "--yes")["taken"] == 0
    assert lead.json("contracts", "show", "C-1")["row"]["ends_on"] == "2028-03-31"


def test_what_stops_a_file_is_one_line_with_row_and_column(lead: Terminal, file: Path) -> None:
    file.write_text("Contract no,Provider,Ends\nC-1,Brook Care,soon\n", encoding="utf-8")
    ran = lead("contracts", "import", file, "--yes")
    assert ran.status == 1
    assert "line 2" in ran.err
    assert "Column “Ends”: “soon” is not a date; write it as" in ran.err
    assert lead.json("contracts", "list") == []
    assert lead("contracts", "import", file, "--map", "Ends").status == 2


def test_an_officer_is_refused(terminal: Terminal, file: Path) -> None:
    refused = terminal("contracts", "import", file, "--yes").refusal
    assert refused == "Only a team lead can change a contract."
