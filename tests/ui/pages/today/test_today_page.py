"""The page Today: the officer goes down the lines and takes each next step with one key."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock
from tests.support.window.screens import said
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.ui.dialogs.actions.action import ActionDialog
from visitapp.ui.dialogs.planning.move_planned import MovePlannedDialog
from visitapp.ui.pages.today.page import TodayPage
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

ENTER, HOME, ALT = Qt.Key.Key_Return, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier


def opened(desktop: Desktop) -> TodayPage:
    desktop.press(HOME, ALT)
    desktop.settle()
    return desktop.today.page


@pytest.fixture
def waiting(services: Services, heather: str, visit_id: str, clock: Clock) -> str:
    """A visit in progress, a missed one and an action to verify, whose id it gives."""
    today = services.desk.today()
    services.planning.plan(heather, "themed", today)
    action = services.actions.add(None, heather, "Mend the roof over the laundry", today)
    services.actions.update(action.id, status="done")
    clock.move_to(today + timedelta(days=1))
    return action.id


def test_an_officer_takes_each_next_step_with_the_keyboard(
    desktop: Desktop, waiting: str, visit_id: str
) -> None:
    page = opened(desktop)
    names = [line.step.accessibleName() for line in page.lines]
    assert names[0].startswith("Continue: Heather Bank, In progress")
    assert names[1].startswith("Move the visit…: Heather Bank, 1 day late")
    missed = page.lines[1].item.detail
    assert missed.startswith("Themed audit, planned for "), "the day that it is late by"
    assert desktop.focus == names[0]
    desktop.press("j")
    desktop.press(ENTER)
    desktop.dialog(MovePlannedDialog).reject()
    for name in names[2:]:
        desktop.press("j")
        assert desktop.focus == name
    assert names[-1].startswith("Verify…: Mend the roof over the laundry")
    desktop.press(ENTER)
    desktop.dialog(ActionDialog).reject()
    while not desktop.focus.startswith("Continue"):
        desktop.press("k")
    desktop.press(ENTER)
    assert desktop.window.page() is desktop.visit.page


def test_a_line_is_left_until_tomorrow_and_comes_back(desktop: Desktop, waiting: str) -> None:
    page = opened(desktop)
    desktop.press("j")
    desktop.press("z")
    assert "cannot wait" in desktop.toast, "a missed visit"
    while not desktop.focus.startswith("Verify"):
        desktop.press("j")
    desktop.press("z")
    assert "Mend the roof over the laundry" in desktop.toast
    assert not any("Mend the roof" in line.step.accessibleName() for line in page.lines)
    assert desktop.focus in [line.step.accessibleName() for line in page.lines]
    desktop.undo_toast()
    assert any("Mend the roof" in line.step.accessibleName() for line in page.lines)


def test_an_empty_day_teaches_and_names_the_next_visit(
    desktop: Desktop, services: Services, heather: str, clock: Clock
) -> None:
    clock.move_to(date(2026, 6, 2))
    day = services.desk.today() + timedelta(days=2)
    services.planning.plan(heather, "themed", day)
    page = opened(desktop)
    assert page.empty.isVisible()
    assert any("Your next visit is on" in text for text in said(page))
    page.empty.focus_first()
    assert desktop.focus == "See the portfolio"
    desktop.press(ENTER)
    assert desktop.shown == "Portfolio"


@pytest.mark.parametrize(
    ("role", "page"), [(Role.OFFICER, "Today"), (Role.MANAGER, "Today"), (Role.VIEWER, "Portfolio")]
)
def test_the_window_opens_with_the_day_of_those_whose_work_it_is(
    services: Services, look: Look, tmp_path: Path, role: Role, page: str
) -> None:
    bring(services, someone=role)
    become(services, "someone")
    window = MainWindow(services, look, Preferences(tmp_path), AnswerFiles(tmp_path))
    assert window.page().accessibleName() == page
    window.closing.close_anyway()
    window.deleteLater()


def test_a_laptop_without_settings_opens_with_how_to_begin(
    empty_services: Services, look: Look, tmp_path: Path
) -> None:
    window = MainWindow(empty_services, look, Preferences(tmp_path), AnswerFiles(tmp_path))
    assert window.page().accessibleName() == "Portfolio"
    window.closing.close_anyway()
    window.deleteLater()
