"""Lists are narrowed, grouped, and kept as views."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from tests.support.window.screens import ListScreen, Screen
from tests.support.window.windows import Desktop
from visitapp.services.services import Services
from visitapp.ui.dialogs.lists.save_view import SaveViewDialog
from visitapp.ui.models.rows import Heading
from visitapp.ui.saved_views import ListView, SavedViews


def choose(desktop: Desktop, page: ListScreen, name: str, downs: int) -> None:
    """Choose in a box with the arrow keys."""
    page.field(QComboBox, name).setFocus()
    for _ in range(downs):
        desktop.press(Qt.Key.Key_Down)


def listed(page: ListScreen) -> list[str]:
    return [row.text if isinstance(row, Heading) else row.name for row in page.table.rows]


def test_the_portfolio_is_narrowed_grouped_and_kept(
    desktop: Desktop, services: Services, shared: str
) -> None:
    page = desktop.portfolio
    desktop.refresh()
    assert "Officer" in page.table.columns
    choose(desktop, page, "Officer", 2)
    assert page.names == ["Larch Nursing Home"]
    choose(desktop, page, "Group by", 1)
    assert listed(page) == ["Bob Doe · 1", "Larch Nursing Home"]
    page.click("Save view…")
    asked = Screen(desktop, desktop.dialog(SaveViewDialog))
    asked.field(QLineEdit, "Name").setFocus()
    desktop.type("Bob's")
    desktop.press(Qt.Key.Key_Return)
    assert page.offers("Remove view")
    for name, ups in (("Officer", 2), ("Group by", 1)):
        page.field(QComboBox, name).setFocus()
        for _ in range(ups):
            desktop.press(Qt.Key.Key_Up)
    assert listed(page) == ["Heather Bank", "Larch Nursing Home"]
    choose(desktop, page, "Saved views", 1)
    assert listed(page) == ["Bob Doe · 1", "Larch Nursing Home"]
    assert desktop.reopened_preferences().views("portfolio").names() == ["Bob's"]
    page.click("Remove view")
    assert desktop.reopened_preferences().views("portfolio").names() == []


def test_the_cursor_passes_over_headings(desktop: Desktop, shared: str) -> None:
    page = desktop.portfolio
    desktop.refresh()
    choose(desktop, page, "Group by", 1)
    assert listed(page) == ["Ann Doe · 1", "Heather Bank", "Bob Doe · 1", "Larch Nursing Home"]
    page.table.open(1)
    assert "Larch Nursing Home" in desktop.setting.said


def test_one_officer_sees_no_boxes_for_officers(desktop: Desktop) -> None:
    boxes = desktop.portfolio.root.findChildren(QComboBox)
    assert "Officer" not in [box.accessibleName() for box in boxes if box.isVisible()]
    assert "Officer" not in desktop.portfolio.table.columns


def test_visits_and_actions_are_narrowed(desktop: Desktop, services: Services, shared: str) -> None:
    for row in services.portfolio.rows():
        services.actions.add(None, row.setting_id, f"Mend {row.name}", services.desk.today())
    page = desktop.actions
    page.go()
    choose(desktop, page, "Officer", 1)
    assert [action.setting for action in page.table.rows] == ["Heather Bank"]
    assert page.table.cell(0, "Officer").text == "Ann Doe"


def test_views_that_cannot_be_read_are_none() -> None:
    kept = ["{"]
    views = SavedViews(lambda: kept[0], lambda text: kept.__setitem__(0, text))
    assert views.names() == []
    views.keep(" North ", ListView(group="team"))
    assert (views.names(), views.get("North").group) == (["North"], "team")
    assert views.get("South") == ListView()
