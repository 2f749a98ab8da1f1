"""The planner in the window: a visit is moved by keys and by drag; a calendar file is saved."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.services.risk.test_ranking import sound
from tests.support.window.screens import Screen, said
from tests.support.window.windows import AnswerFiles, Desktop, texts
from visitapp.services.services import Services
from visitapp.services.views.planning import PlannedView
from visitapp.ui.dialogs.planning.move_planned import MovePlannedDialog
from visitapp.ui.pages.planning.planner_page import PlannerPage

KEY = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def plan(services: Services, heather: str) -> PlannedView:
    """A visit on a Tuesday of the month after this one."""
    today = services.desk.today()
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=8)
    tuesday = first + timedelta(days=(1 - first.weekday()) % 7)
    return services.planning.plan(heather, planned_on=tuesday)


@pytest.fixture
def page(desktop: Desktop, plan: PlannedView) -> PlannerPage:
    desktop.press("l", CTRL, SHIFT)
    shown = desktop.window.page()
    assert isinstance(shown, PlannerPage)
    desktop.press(KEY.Key_PageDown)
    place = place_of(shown, plan.planned_on)
    shown.grid.setCurrentCell(*place)
    return shown


def place_of(page: PlannerPage, day: date) -> tuple[int, int]:
    return next(
        place for place, days in page.grid._cells.items() if day in [one.day for one in days]
    )


def give_reason(desktop: Desktop) -> None:
    dialog = desktop.dialog(MovePlannedDialog)
    assert dialog.reason.hasFocus(), "the day is there, so the reason is asked for"
    desktop.type("The manager is on leave")
    desktop.press(KEY.Key_Return, CTRL)


def test_a_visit_is_moved_by_keys_with_its_reason(
    desktop: Desktop, services: Services, page: PlannerPage, plan: PlannedView
) -> None:
    assert page.grid.hasFocus()
    assert plan.setting in page.grid.currentItem().text()
    desktop.press(KEY.Key_M)
    assert "Moving Heather Bank" in page.told.text()
    desktop.press(KEY.Key_Right)
    desktop.press(KEY.Key_Right)
    desktop.press(KEY.Key_Return)
    give_reason(desktop)
    moved = services.planning.view(plan.id)
    assert moved.planned_on == plan.planned_on + timedelta(days=2)
    assert moved.moved_count == 1
    assert plan.setting in page.grid.item(*place_of(page, moved.planned_on)).text()


def test_esc_leaves_a_visit_where_it_is(
    desktop: Desktop, services: Services, page: PlannerPage, plan: PlannedView
) -> None:
    desktop.press(KEY.Key_M)
    desktop.press(KEY.Key_Right)
    desktop.press(KEY.Key_Escape)
    assert page.grid.picked is None
    desktop.press(KEY.Key_Return)
    assert services.planning.view(plan.id).planned_on == plan.planned_on
    assert "M moves a visit" in page.told.text()


def test_a_visit_is_dragged_to_another_day(
    desktop: Desktop, services: Services, page: PlannerPage, plan: PlannedView
) -> None:
    grid, wanted = page.grid, plan.planned_on + timedelta(days=1)

    def middle(day: date) -> QPoint:
        return grid.visualItemRect(grid.item(*place_of(page, day))).center()

    left = Qt.MouseButton.LeftButton
    QTest.mousePress(grid.viewport(), left, pos=middle(plan.planned_on))
    QTest.mouseMove(grid.viewport(), middle(wanted))
    QTest.mouseRelease(grid.viewport(), left, pos=middle(wanted))
    give_reason(desktop)
    assert services.planning.view(plan.id).planned_on == wanted


def test_enter_goes_to_the_visits_of_the_day(
    desktop: Desktop, services: Services, page: PlannerPage, plan: PlannedView
) -> None:
    said = texts(page.day_card)
    assert plan.setting in said
    desktop.press(KEY.Key_Return)
    assert desktop.focus.startswith("Move: Heather Bank")
    desktop.press(KEY.Key_Space)
    desktop.dialog(MovePlannedDialog).reject()


def test_the_visits_to_come_are_saved_as_a_calendar(
    desktop: Desktop, page: PlannerPage, plan: PlannedView
) -> None:
    assert isinstance(desktop.files, AnswerFiles)
    Screen(desktop, page.header).click("Calendar file…")
    text = (desktop.folder / "Heather Bank.ics").read_text(encoding="utf-8")
    assert f"UID:{plan.id}@visitapp" in text
    assert f"DTSTART;VALUE=DATE:{plan.planned_on:%Y%m%d}" in text


def test_the_year_shows_each_officer_against_the_days(
    desktop: Desktop, services: Services, page: PlannerPage, plan: PlannedView
) -> None:
    page.views.choose("year")
    page.refresh()
    (row, *_) = page.year.rows.rows
    assert row.whose.officer_id == services.me().id
    assert page.year.rows.columns[2].cell(row).text.startswith("1 of ")


def test_enter_on_an_officer_of_the_year_goes_to_their_month(
    desktop: Desktop, services: Services, page: PlannerPage, plan: PlannedView
) -> None:
    page.whose.setCurrentIndex(0)
    page.views.choose("year")
    page.refresh()
    page.year.setFocus()
    desktop.press(KEY.Key_Return)
    assert page.whose.currentText() == services.me().title
    assert desktop.focus == "Visits of the month"


def test_a_month_without_visits_says_how_one_is_planned(
    desktop: Desktop, page: PlannerPage, plan: PlannedView
) -> None:
    assert page.told.text().startswith("M moves a visit")
    desktop.press(KEY.Key_PageDown)
    assert "press Ctrl Shift P" in page.told.text()
    desktop.press(KEY.Key_PageUp)
    assert page.told.text().startswith("M moves a visit")


def test_what_slips_says_its_live_risk_in_words(services: Services, page: PlannerPage) -> None:
    for row in services.portfolio.rows():
        sound(services, row.setting_id)
    page.refresh()
    lines = said(page.slipping)
    assert any(line.startswith("Live risk score ") for line in lines)
    assert any("risk" in line for line in lines if line.startswith(("\u25a0", "\u25b2", "\u25cf")))
