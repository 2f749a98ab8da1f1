"""The officers page: load, hand-overs, a leaver and cover, with the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from tests.support.desk.colleagues import become, bring
from tests.support.window.screens import Screen, TableScreen, visible
from tests.support.window.windows import Desktop
from visitapp.records import Role, User
from visitapp.services.services import Services
from visitapp.ui.dialogs.holders.cover import CoverDialog, EditCoverDialog
from visitapp.ui.dialogs.holders.delegate import DelegateDialog
from visitapp.ui.dialogs.holders.hand_over import HandOverDialog
from visitapp.ui.dialogs.holders.leaver import LeaverDialog
from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.pick_list import PickList
from visitapp.ui.widgets.table import RowTable


@pytest.fixture
def page(desktop: Desktop, shared: str) -> Screen:
    """The Officers page in view."""
    desktop.window.go(Route("officers"))
    return desktop.officers


def table(desktop: Desktop, page: Screen, name: str) -> TableScreen:
    return TableScreen(desktop, visible(page.root, RowTable, name))


def choose(desktop: Desktop, screen: Screen, name: str, typed: str) -> None:
    """Choose in a box by typing the beginning of a choice."""
    box = screen.field(QComboBox, name)
    box.setFocus()
    desktop.type(typed)
    assert box.currentText().startswith(typed)


def boxed(box: QComboBox) -> str:
    """All that a box offers."""
    return ", ".join(box.itemText(place) for place in range(box.count()))


def test_it_shows_how_much_each_officer_holds(desktop: Desktop, page: Screen) -> None:
    load = table(desktop, page, "Officers")
    assert [load.cell(row, "Officer").text for row in range(3)] == ["Ann Doe", "Bob Doe", "Lee Doe"]
    assert [load.cell(row, "Settings").text for row in range(3)] == ["1", "1", "—"]
    load.open(1)
    assert desktop.shown == "Portfolio"
    assert desktop.portfolio.names == ["Larch Nursing Home"]


def test_a_setting_is_handed_over_with_the_keyboard(
    desktop: Desktop, page: Screen, services: Services, shared: str
) -> None:
    page.click("Hand over settings")
    dialog = desktop.dialog(HandOverDialog)
    asked = Screen(desktop, dialog)
    assert desktop.focus == "Settings and contracts", "what is ticked comes first"
    dialog.primary.click()
    assert "Tick what to hand over." in asked.said
    assert desktop.focus == "Settings and contracts"
    desktop.press(Qt.Key.Key_Space)
    assert "1 ticked" in asked.said
    choose(desktop, asked, "New officer", "Bob")
    asked.field(QLineEdit, "Reason").setFocus()
    desktop.type("Part-time")
    desktop.press(Qt.Key.Key_Return)
    (made,) = services.hand_overs.list()
    assert (made.to_officer, made.note, made.drafts) == ("Bob Doe", "Part-time", True)
    rows = table(desktop, page, "Hand-overs")
    assert rows.cell(0, "Status").text == "Planned"
    assert not page.offers("Withdraw the hand-over"), "none is marked"
    visible(page.root, RowTable, "Hand-overs").selectRow(0)
    page.click("Withdraw the hand-over")
    assert services.hand_overs.list() == []
    desktop.undo_toast()
    assert services.hand_overs.list() == [made]


def test_all_that_a_leaver_holds_is_listed_and_handed_over(
    desktop: Desktop, page: Screen, services: Services, shared: str
) -> None:
    page.click("Hand over all that they hold…")
    dialog = desktop.dialog(LeaverDialog)
    asked = Screen(desktop, dialog)
    assert "1 setting: Heather Bank" in asked.said
    choose(desktop, asked, "New officer", "Bob")
    desktop.press(Qt.Key.Key_Return)
    (made,) = services.hand_overs.list()
    assert (made.setting_id, made.to_officer) == (shared, "Bob Doe")


def test_cover_is_arranged_moved_and_ended(
    desktop: Desktop, page: Screen, services: Services, shared: str
) -> None:
    page.click("Arrange cover")
    asked = Screen(desktop, desktop.dialog(CoverDialog))
    assert asked.field(PickList, "Settings").ticked() == [shared], "those of the officer marked"
    assert "Ann Doe" not in boxed(asked.field(QComboBox, "Deputy")), "she is the one away"
    choose(desktop, asked, "Deputy", "Bob")
    desktop.press(Qt.Key.Key_Return)
    (made,) = services.covers.list()
    assert (made.deputy, made.setting_id) == ("Bob Doe", shared)
    table(desktop, page, "Cover").open(0)
    changed = Screen(desktop, desktop.dialog(EditCoverDialog))
    changed.field(QLineEdit, "Last day").setFocus()
    desktop.press(Qt.Key.Key_PageUp)
    desktop.press(Qt.Key.Key_Return)
    assert (services.covers.list()[0].ends_on - made.ends_on).days == 7
    table(desktop, page, "Cover").open(0)
    Screen(desktop, desktop.dialog(EditCoverDialog)).click("End it now")
    assert services.covers.list() == []


def test_a_delegate_is_named_and_their_time_ended(
    desktop: Desktop, page: Screen, services: Services, shared: str
) -> None:
    bring(services, dee=Role.LEAD)
    with services.desk.database.applying() as session:
        session.get_one(User, "dee").team = "East"
    page.click("Name a delegate")
    asked = Screen(desktop, desktop.dialog(DelegateDialog))
    choose(desktop, asked, "Delegate", "Dee")
    desktop.press(Qt.Key.Key_Return)
    assert "Give the reason for the absence." in asked.said
    asked.field(QLineEdit, "Reason").setFocus()
    desktop.type("Leave")
    desktop.press(Qt.Key.Key_Return)
    (made,) = services.delegates.list()
    assert (made.lead, made.deputy, made.note) == ("Lee Doe", "Dee Doe", "Leave")
    table(desktop, page, "Delegates").open(0)
    changed = Screen(desktop, desktop.dialog(EditCoverDialog))
    assert any("Dee Doe reviews and decides for Lee Doe" in text for text in changed.said)
    changed.click("End it now")
    assert services.delegates.list() == []


def test_an_officer_sees_it_and_changes_nothing(
    desktop: Desktop, services: Services, shared: str
) -> None:
    become(services, "ann")
    desktop.window.go(Route("officers"))
    page = desktop.officers
    assert not page.offers("Hand over settings")
    assert not page.offers("Arrange cover")
    assert any("Nothing has been handed over yet." in text for text in page.said)
