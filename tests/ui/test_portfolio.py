"""The portfolio: found by typing, narrowed by a filter, sorted by a column, taught when empty."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.answers import best_answer
from tests.support.desks import Clock
from tests.support.windows import AnswerFiles, Desktop, texts
from visitapp.services.services import Services
from visitapp.ui.dialogs.add_setting import AddSettingDialog
from visitapp.ui.pages.settings.portfolio_page import PortfolioPage
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desktop: Desktop) -> PortfolioPage:
    return desktop.window.pages.portfolio


def names(page: PortfolioPage) -> list[str]:
    return [row.name for row in page.table.rows.rows]


def test_it_shows_what_one_holds(page: PortfolioPage) -> None:
    assert names(page) == ["Heather Bank", "Larch Nursing Home"]
    assert page.cards.settings.figure.text() == "2"
    assert page.cards.settings.line.text() == "1 residential · 1 nursing"


def test_typing_finds(desktop: Desktop, page: PortfolioPage) -> None:
    desktop.press("k", CTRL)
    desktop.type("larch")
    desktop.until(lambda: names(page) == ["Larch Nursing Home"])
    desktop.press(Qt.Key.Key_Return)
    assert desktop.window.page() is desktop.window.pages.setting


def test_a_search_without_a_match_says_so(desktop: Desktop, page: PortfolioPage) -> None:
    desktop.press("k", CTRL)
    desktop.type("zzz")
    desktop.until(lambda: "No setting matches." in texts(page))


def test_a_filter_narrows_and_a_header_sorts(desktop: Desktop, page: PortfolioPage) -> None:
    page.filters.choose("visit_due")
    page.filters.chosen.emit("visit_due")
    assert names(page) == ["Larch Nursing Home"], "it was never visited"
    page.filters.choose("all")
    page.table.ordered.emit("name", True)
    assert names(page) == ["Larch Nursing Home", "Heather Bank"]


def test_the_risk_has_its_word_its_score_and_a_shape(
    desktop: Desktop, page: PortfolioPage, services: Services, heather: str
) -> None:
    shown = next(c for c in page.table.rows.columns if c.title == "Risk")
    assert [shown.cell(row).text for row in page.table.rows.rows] == ["Not assessed"] * 2
    assessment = services.risk.assess(heather, "kent-ten")
    form = services.visits.form(assessment.id)
    for name in assessment.by_hand:
        services.visits.answer(assessment.id, name, **best_answer(form.questions[name]))
    percent = services.risk.sign_off(assessment.id).outcome.percent
    page.refresh()
    cell = shown.cell(page.table.rows.rows[0])
    assert (cell.text, cell.rag) == (f"Low · {percent}", "green")
    page.table.ordered.emit("risk", False)
    assert names(page) == ["Heather Bank", "Larch Nursing Home"]
    page.filters.choose("high_risk")
    page.filters.chosen.emit("high_risk")
    assert names(page) == []


def test_enter_opens_the_marked_setting(desktop: Desktop, page: PortfolioPage) -> None:
    page.table.setFocus()
    page.table.selectRow(1)
    desktop.press(Qt.Key.Key_Return)
    assert desktop.window.page().header.title.text() == "Larch Nursing Home"


def test_a_date_that_is_past_says_how_late(
    desktop: Desktop, page: PortfolioPage, clock: Clock
) -> None:
    clock.move_to(date(2026, 11, 22))
    page.refresh()
    due = next(c for c in page.table.rows.columns if c.title == "Next due")
    larch = page.table.rows.rows[1]
    assert due.cell(larch).second.endswith("days late")
    assert due.cell(larch).tone == "red"


def test_the_first_day_teaches_and_offers_to_begin(
    empty_services: Services, look: Look, files: AnswerFiles, qtbot: QtBot
) -> None:
    window = MainWindow(empty_services, look, Preferences(files.folder), files)
    window.show()
    desktop = Desktop(window, empty_services, qtbot)
    page = window.pages.portfolio
    assert page.stack.currentWidget() is page.empty
    page.empty.begun.emit()
    dialog = desktop.dialog(AddSettingDialog)
    files.to_open = files.folder / "nothing.csv"
    files.to_open.write_bytes(b"")
    desktop.click(dialog.import_)
    desktop.until(lambda: dialog.messages.text() != "")
    assert not dialog.primary.isEnabled()
    dialog.reject()
    window.close()


def test_ctrl_and_a_number_go_to_a_page(desktop: Desktop) -> None:
    pages = desktop.window.pages
    for place, page in enumerate(
        (pages.portfolio, pages.visits, pages.actions, pages.review, pages.sync), 1
    ):
        desktop.press(str(place), CTRL)
        assert desktop.window.page() is page


def test_the_side_counts_what_waits(desktop: Desktop, visit_id: str) -> None:
    desktop.window.go(Route("portfolio"))
    buttons = desktop.window.navigation.buttons
    desktop.until(lambda: buttons["visits"].accessibleName() == "Visits, 1")
    desktop.until(lambda: buttons["portfolio"].accessibleName() == "Portfolio, 2")
