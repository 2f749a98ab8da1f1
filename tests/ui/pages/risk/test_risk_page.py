"""The page of live risk: the ranking, narrowed and explained without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.services.risk.test_ranking import sound
from tests.support.window.screens import Screen, said
from tests.support.window.windows import Desktop, texts
from visitapp.services.services import Services
from visitapp.services.views.risk import RankedRisk
from visitapp.ui.dialogs.planning.plan_visit import PlanVisitDialog
from visitapp.ui.dialogs.risk.live_risk import LiveRiskDialog
from visitapp.ui.pages.risk.page import RiskPage
from visitapp.ui.shell.routes import Route

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(desktop: Desktop, services: Services, heather: str) -> RiskPage:
    sound(services, heather, medicines_risk="high")
    desktop.press("g", CTRL, SHIFT)
    shown = desktop.window.page()
    assert isinstance(shown, RiskPage)
    assert shown.isVisible()
    place = next(n for n, row in enumerate(shown.table.rows.rows) if row.setting_id == heather)
    shown.table.selectRow(place)
    return shown


def marked(page: RiskPage) -> RankedRisk:
    row = page.table.current()
    assert isinstance(row, RankedRisk)
    return row


def test_the_riskiest_is_first_with_its_reason(page: RiskPage) -> None:
    first = marked(page)
    cells = {column.title: column.cell(first) for column in page.table.rows.columns}
    assert cells["Place"].text == str(1 + page.table.currentIndex().row())
    assert cells["Setting"].text == "Heather Bank"
    assert "How safe is medicines support? High" in "".join(
        (cells["Why it stands here"].text, cells["Why it stands here"].second)
    )
    assert cells["Next visit"].text == "None planned"
    assert "There is no record of last week" in page.summary.text()


def test_enter_explains_and_leads_to_the_setting(desktop: Desktop, page: RiskPage) -> None:
    page.table.setFocus()
    desktop.press(Qt.Key.Key_Return)
    dialog = desktop.dialog(LiveRiskDialog)
    lines = said(dialog)
    assert "How safe is medicines support? High" in lines
    assert any(line.startswith("Answered by hand on ") for line in lines)
    assert any("not known" in line for line in lines)
    Screen(desktop, dialog).click("Open the setting")
    assert "Heather Bank" in texts(desktop.window.page())


def test_a_visit_is_planned_from_the_ranking(desktop: Desktop, page: RiskPage) -> None:
    page.table.setFocus()
    desktop.press("p", CTRL, SHIFT)
    dialog = desktop.dialog(PlanVisitDialog)
    dialog.primary.setFocus()
    desktop.press(Qt.Key.Key_Return)
    assert marked(page).planned_on is not None
    page.filters.choose("unplanned")
    page.show_list()
    names = [row.setting for row in page.table.rows.rows]
    assert "Heather Bank" not in names


def test_it_can_be_ranked_by_contract_risk(page: RiskPage) -> None:
    page.by.setCurrentIndex(page.by.findData("contract"))
    assert page.typed_filters() == ["Rank by contract risk"]
    assert page.table.rows.rows[0].contract is not None


def test_the_marked_setting_is_said_whole_with_what_a_score_means(
    page: RiskPage, desktop: Desktop
) -> None:
    row = marked(page)
    lines = said(page.marked)
    assert lines[0].startswith("Heather Bank · place ")
    assert "a lower score is riskier" in lines[1]
    assert f"{row.quality.percent} of 100" in lines[1]
    assert all(reason in lines[2] for reason in row.reasons)
    assert "Scores are out of 100: a lower score is riskier." in page.polarity.text()
    below = page.marked.mapTo(page, page.marked.rect().bottomLeft()).y()
    assert below <= page.height(), "it stays in view under the list"
    page.table.setFocus()
    desktop.press(Qt.Key.Key_Home, CTRL)
    desktop.press(Qt.Key.Key_End, CTRL)
    assert marked(page).setting in said(page.marked)[0]


def test_a_setting_leads_to_its_place_in_the_ranking(
    desktop: Desktop, page: RiskPage, heather: str
) -> None:
    page.filters.choose("unknown")
    desktop.window.go(Route("setting", heather))
    card = desktop.setting.page.risk
    lines = said(card)
    assert any(line.startswith("Live, by ") for line in lines)
    assert any("How safe is medicines support? High" in line for line in lines)
    assert any(line.endswith(", today") for line in lines)
    card.where.setFocus()
    desktop.press(Qt.Key.Key_Return)
    assert desktop.window.page() is page
    assert marked(page).setting_id == heather
