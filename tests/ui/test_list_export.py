"""Every list in the window can be saved as it is shown, by Ctrl Shift E or its menu."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.support.desk.colleagues import become, bring
from tests.support.desk.sheets import below_head, cells
from tests.support.window.every_screen import Busy, fill, pages
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.records import Role
from visitapp.ui.dialogs.actions.import_actions import ImportActionsDialog
from visitapp.ui.pages.review.page import ReviewPage
from visitapp.ui.pages.sync.page import SyncPage
from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.table import RowTable

CTRL_SHIFT = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)


def exported(desktop: Desktop, folder: Path, name: str) -> Path:
    """What Ctrl Shift E writes."""
    desktop.press("e", *CTRL_SHIFT)
    path = folder / f"{name} {desktop.services.desk.today().isoformat()}.xlsx"
    desktop.until(path.exists)
    desktop.until(lambda: not desktop.window.runner.busy())
    return path


def test_the_list_is_saved_with_its_columns_order_and_filters(
    desktop: Desktop, heather: str, visit_id: str, tmp_path: Path
) -> None:
    fill(desktop.services, heather, visit_id)
    desktop.actions.go()
    desktop.actions.search("rota")
    path = exported(desktop, tmp_path, "Actions")
    head = [row[0] for row in cells(path)[:4]]
    assert head[:2] == ["Actions", "Filters: Open; search for “rota”"]
    assert head[3] == "1 row"
    titles, row = below_head(path)
    shown = desktop.actions.table.columns
    assert [title for title in titles if title in shown] == shown
    assert dict(zip(titles, row, strict=True))["Due"] == desktop.services.desk.today()
    assert "Saved 1 row" in desktop.toast


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_every_page_with_a_table_has_it(desktop: Desktop, heather: str, visit_id: str) -> None:
    fill(desktop.services, heather, visit_id)
    for route in pages(Busy(heather, visit_id, visit_id)):
        desktop.window.go(route)
        page = desktop.window.page()
        tables = [table for table in page.findChildren(RowTable) if table.isVisible()]
        names = [one.name for one in page.lists()]
        tables = [table for table in tables if table.hasFocus()] or tables
        assert names == [t.accessibleName() for t in tables] or isinstance(
            page, SyncPage | ReviewPage
        )
        for table in tables:
            if table.rows.rows:
                table.setFocus()
                assert desktop.menu_entries[-1] == "Export this list…", table.accessibleName()


NUMBER = re.compile(r"[£+-]?[0-9][0-9,.]*%?( of [0-9]+)?|—|")


def test_a_column_of_numbers_is_numbers_in_a_file(
    desktop: Desktop, heather: str, visit_id: str
) -> None:
    services = desktop.services
    fill(services, heather, visit_id)
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    services.contracts.add("C-1", services.settings.view(heather).provider_id, yearly_cost=90_000)
    seen: set[type] = set()
    for route in pages(Busy(heather, visit_id, visit_id)):
        desktop.window.go(route)
        for shown in desktop.window.page().lists():
            table = shown.table("Ann", services.desk.clock())
            for place, heading in enumerate(table.headings):
                values = [row[place] for row in table.rows]
                texts = [value for value in values if isinstance(value, str)]
                numeric = any(map(str.strip, texts)) and all(map(NUMBER.fullmatch, texts))
                dashes = set(texts) <= {"—", ""}
                names = heading == "Version"  # 2026.10 is not 2026.1
                assert dashes or names or not numeric, (route, shown.name, heading, texts)
                seen |= set(map(type, values))
    assert int in seen


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_of_a_list_has_it(desktop: Desktop, heather: str, tmp_path: Path) -> None:
    desktop.open_portfolio()
    desktop.menu("Export this list…")
    path = tmp_path / f"Settings {desktop.services.desk.today().isoformat()}.xlsx"
    desktop.until(path.exists)
    titles, *rows = below_head(path)
    assert titles[0] == "Setting"
    assert len(rows) == len(desktop.portfolio.names)


def test_a_page_without_a_list_says_so(desktop: Desktop) -> None:
    desktop.window.go(Route("sync"))
    desktop.press("e", *CTRL_SHIFT)
    assert "no list with rows" in desktop.toast


def test_due_dates_come_back_after_a_look(
    desktop: Desktop, files: AnswerFiles, heather: str, tmp_path: Path
) -> None:
    today = desktop.services.desk.today()
    action = desktop.services.actions.add(None, heather, "Mend the roof", today)
    path = tmp_path / "actions.csv"
    sooner = today - timedelta(days=1)
    path.write_text(f"Action id,Due,Owner\n{action.id},{sooner},Cook\n", encoding="utf-8")
    files.to_open = path
    desktop.actions.go()
    desktop.actions.click("Import due dates")
    desktop.until(lambda: bool(desktop.window.findChildren(ImportActionsDialog)))
    dialog = desktop.dialog(ImportActionsDialog)
    assert desktop.services.actions.view(action.id).due_on == today
    assert dialog.primary.text() == "Make 1 change"
    desktop.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not dialog.isVisible()
    now = desktop.services.actions.view(action.id)
    assert (now.due_on, now.owner) == (sooner, "Cook")
