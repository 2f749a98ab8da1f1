"""A council's register is imported in the window, by keys, and nothing before the person agrees."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from tests.support.desk.colleagues import become, bring
from tests.support.directory.cqc import HEATHER, ROWAN
from tests.support.window.screens import TableScreen
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.ui.dialogs.contracts.import_register import ImportRegisterDialog
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.widgets.choice_box import ChoiceBox

SPACE, TAB, RETURN, ESCAPE = Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape
SHOW = "Show the difference"
REGISTER = f"""\
Contract ref,Run by,Service type,Ends on,Settings,Note
C-1,Brook Care,Home care,31/03/2027,{HEATHER.location_id};Elm House,a
C-2,Brook Care,Home care,31/03/2028,,b
"""


@pytest.fixture
def lead(services: Services) -> Services:
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    return services


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(REGISTER.replace("Settings", "Places"), encoding="utf-16")
    return path


def said(dialog: Dialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def choose(desktop: Desktop, file: Path) -> ImportRegisterDialog:
    """Go to the page by its key, to the button by Tab, and choose a file."""
    assert isinstance(desktop.files, AnswerFiles)
    desktop.files.to_open = file
    desktop.contracts.go()
    desktop.contracts.click("Import a register…")
    desktop.until(lambda: bool(desktop.window.findChildren(ImportRegisterDialog)))
    return desktop.dialog(ImportRegisterDialog)


def tab_to(desktop: Desktop, name: str) -> None:
    for _ in range(30):
        if desktop.focus == name:
            return
        desktop.press(TAB)
    raise AssertionError(f"Tab never comes to {name}")


def agree(desktop: Desktop, name: str) -> None:
    """Go to the primary button and press it."""
    tab_to(desktop, name)
    desktop.press(SPACE)


def choose_field(desktop: Desktop, title: str, field: str) -> None:
    """Go down the list of a column's box to a field."""
    tab_to(desktop, f"Column {title}")
    box = QApplication.focusWidget()
    assert isinstance(box, ChoiceBox)
    for _ in range(box.count()):
        if box.currentData() == field:
            return
        desktop.press(Qt.Key.Key_Down)
    raise AssertionError(f"{title} cannot be {field}")


def map_rest(desktop: Desktop, *, settings: bool = True, known: Sequence[str] = ()) -> None:
    """Say by keys what the columns are that the program does not know."""
    for title, field in (("Run by", "provider"), ("Ends on", "ends_on"), ("Places", "settings")):
        if title not in known:
            choose_field(desktop, title, field)
    if settings:
        tab_to(desktop, "Add settings that are not on this laptop")
        desktop.press(SPACE)


def test_a_register_is_mapped_shown_and_taken(desktop: Desktop, lead: Services, file: Path) -> None:
    dialog = choose(desktop, file)
    assert desktop.focus == "Column Contract ref"
    map_rest(desktop)
    for text, field in (("Contract ref", "number"), ("Note", "")):
        assert dialog.columns.mapped()[text] == field
    agree(desktop, SHOW)
    desktop.until(dialog.difference.isVisible)
    lines = said(dialog)
    assert "register.csv adds or changes 2 contracts. Nothing is changed until you agree." in lines
    assert "1 new setting" in lines
    assert [row.name for row in dialog.difference.table.rows.rows] == ["Elm House", "C-1", "C-2"]
    assert lead.contracts.list() == []
    assert desktop.focus == "Import 2 contracts"
    desktop.press(RETURN, Qt.KeyboardModifier.ControlModifier)
    desktop.until(lambda: len(lead.contracts.list()) == 2)
    desktop.until(lambda: desktop.shown == "Contracts" and len(desktop.contracts.table.rows) == 2)
    assert desktop.contracts.table.cell(0, "Contract").text == "C-1"
    assert desktop.toast.startswith("Added or changed 2 contracts.")


def test_the_difference_says_where_a_setting_comes_from_and_what_was_rounded(
    desktop: Desktop, lead: Services, tmp_path: Path
) -> None:
    path = tmp_path / "register.csv"
    path.write_text(
        "Contract ref,Provider,Annual cost,Settings\n"
        f'C-1,{ROWAN.provider},"95,000.50",{ROWAN.name}\n',
        encoding="utf-8",
    )
    dialog = choose(desktop, path)
    tab_to(desktop, "Add settings that are not on this laptop")
    desktop.press(SPACE)
    agree(desktop, SHOW)
    desktop.until(dialog.difference.isVisible)
    rows = [(row.name, row.after) for row in dialog.difference.table.rows.rows]
    assert rows[0] == (ROWAN.name, f"from the directory, ID {ROWAN.location_id}")
    assert "“95,000.50” is kept in whole pounds: £95,001." in said(dialog)


def test_the_same_file_again_changes_nothing_and_its_columns_are_remembered(
    desktop: Desktop, lead: Services, file: Path
) -> None:
    dialog = choose(desktop, file)
    map_rest(desktop)
    agree(desktop, SHOW)
    desktop.until(dialog.difference.isVisible)
    agree(desktop, "Import 2 contracts")
    desktop.until(lambda: len(lead.contracts.list()) == 2)
    desktop.until(lambda: not desktop.window.findChildren(ImportRegisterDialog))
    again = choose(desktop, file)
    assert again.columns.mapped()["Run by"] == "provider"
    desktop.press(RETURN)
    desktop.until(again.difference.isVisible)
    assert "changes nothing" in said(again)
    assert not again.primary.isEnabled()
    assert desktop.focus == "Back to the columns"


def test_problems_are_told_by_row_and_the_way_back_leads_to_the_columns(
    desktop: Desktop, lead: Services, file: Path
) -> None:
    dialog = choose(desktop, file)
    map_rest(desktop, settings=False)
    agree(desktop, SHOW)
    desktop.until(dialog.difference.isVisible)
    problems = TableScreen(desktop, dialog.difference.problems)
    assert desktop.focus == "Problems in the file"
    row, column, what = (problems.cell(0, title) for title in ("Row", "Column", "Problem"))
    assert (row.text, column.text) == ("2", "Places")
    assert what.text.startswith("No setting on this device is")
    assert not dialog.primary.isEnabled()
    tab_to(desktop, "Back to the columns")
    desktop.press(SPACE)
    assert desktop.focus == "Column Contract ref"
    tab_to(desktop, "Add settings that are not on this laptop")
    desktop.press(SPACE)
    agree(desktop, SHOW)
    desktop.until(dialog.difference.isVisible)
    assert dialog.primary.isEnabled()
    desktop.press(ESCAPE)
    assert lead.contracts.list() == []


def test_two_columns_of_one_field_are_refused_where_they_are(
    desktop: Desktop, lead: Services, file: Path
) -> None:
    dialog = choose(desktop, file)
    for title in ("Run by", "Ends on"):
        choose_field(desktop, title, "provider")
    desktop.press(RETURN)
    assert "Two columns cannot both be “Provider”." in dialog.messages.text()
    assert desktop.focus == "Column Ends on"


def test_cancel_stops_the_comparison_and_nothing_is_taken(
    desktop: Desktop, lead: Services, file: Path
) -> None:
    rows = "".join(f"C-{number},Brook Care,Home care,31/03/2027,,\n" for number in range(6000))
    file.write_text(REGISTER.splitlines(keepends=True)[0] + rows, encoding="utf-8")
    dialog = choose(desktop, file)
    map_rest(desktop, known=("Places",))
    agree(desktop, SHOW)
    assert desktop.focus == "Cancel"
    desktop.press(SPACE)
    desktop.until(lambda: "Stopped. Nothing was imported." in dialog.messages.text())
    assert dialog.columns.isEnabled()
    assert lead.contracts.list() == []


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 cut", b"word\r\nother\r\n", b"\x00" * 5000, b'"' + b"x" * 200_000]
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(
    desktop: Desktop, lead: Services, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(content)
    assert isinstance(desktop.files, AnswerFiles)
    desktop.files.to_open = path
    desktop.contracts.go()
    desktop.contracts.click("Import a register…")
    desktop.until(lambda: bool(desktop.message()))
    assert not desktop.window.findChildren(ImportRegisterDialog)


def test_an_empty_page_teaches_the_import_and_offers_it(desktop: Desktop, lead: Services) -> None:
    desktop.contracts.go()
    assert "sees what it would change first" in " ".join(desktop.contracts.said)
    assert desktop.focus == "Import the register…"


def test_the_difference_says_days_in_words(desktop: Desktop, lead: Services, file: Path) -> None:
    dialog = choose(desktop, file)
    map_rest(desktop)
    agree(desktop, SHOW)
    desktop.until(dialog.difference.isVisible)
    new = dialog.difference.table.rows.rows[-1].after
    assert "End date: 31 Mar 2028" in new


def test_only_leads_and_administrators_are_offered_it(desktop: Desktop, lead: Services) -> None:
    desktop.contracts.go()
    assert desktop.contracts.offers("Import a register…")
    for role in (Role.OFFICER, Role.MANAGER, Role.VIEWER):
        bring(lead, **{role.value: role})
        become(lead, role.value)
        desktop.window.page().refresh()
        assert not desktop.contracts.offers("Import a register…")
        assert not desktop.contracts.offers("Import the register…")
