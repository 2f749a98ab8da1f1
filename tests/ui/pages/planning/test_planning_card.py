"""Due and planned visits in the window: planned, moved and cancelled without a mouse."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.support.window.windows import Desktop, texts
from visitapp.services.services import Services
from visitapp.ui.dialogs.planning.cancel_planned import CancelPlannedDialog
from visitapp.ui.dialogs.planning.move_planned import MovePlannedDialog
from visitapp.ui.dialogs.planning.plan_visit import PlanVisitDialog
from visitapp.ui.shell.routes import Route

KEY, MODIFIER = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def setting(desktop: Desktop, heather: str) -> Desktop:
    """The window at Heather Bank."""
    desktop.window.go(Route("setting", heather))
    return desktop


def said(desktop: Desktop) -> str:
    return "\n".join(texts(desktop.setting.page.planning))


def press_way(desktop: Desktop, word: str) -> None:
    """Go to a button of the card by its first word, and press it with the keyboard."""
    buttons = desktop.setting.page.planning.findChildren(QPushButton)
    (way,) = [one for one in buttons if one.isVisible() and one.text() == word]
    way.setFocus()
    desktop.press(KEY.Key_Space)


def test_a_visit_is_planned_moved_and_cancelled_by_keyboard(
    setting: Desktop, services: Services, heather: str
) -> None:
    assert "Every setting, last visit on 1 Jun 2026" in said(setting)
    assert "No visit is planned." in said(setting)
    setting.press(KEY.Key_P, MODIFIER.ControlModifier, MODIFIER.ShiftModifier)
    dialog = setting.dialog(PlanVisitDialog)
    assert dialog.purpose.currentData() == "annual"
    assert "Every setting" in dialog.why.text()
    day = dialog.day.day()
    dialog.primary.setFocus()
    setting.press(KEY.Key_Return)
    (plan,) = services.planning.list(heather)
    assert plan.planned_on == day
    assert "Annual quality visit planned for" in said(setting)

    press_way(setting, "Confirm")
    assert services.planning.view(plan.id).state == "confirmed"
    assert "confirmed" in said(setting)

    press_way(setting, "Move…")
    moving = setting.dialog(MovePlannedDialog)
    moving.day.text.setFocus()
    setting.press(KEY.Key_PageUp)
    moving.primary.setFocus()
    setting.press(KEY.Key_Return)
    assert "Give a reason for moving the visit." in texts(moving)
    moving.reason.setFocus()
    setting.type("The manager is on leave")
    setting.press(KEY.Key_Return, MODIFIER.ControlModifier)
    moved = services.planning.view(plan.id)
    assert (moved.planned_on, moved.state) == (day + timedelta(days=7), "planned")
    assert "moved once, first planned for" in said(setting)
    setting.until(lambda: setting.focus.startswith("Move: "))

    press_way(setting, "Cancel…")
    cancelling = setting.dialog(CancelPlannedDialog)
    cancelling.reason.setFocus()
    setting.type("Not needed")
    setting.press(KEY.Key_Return, MODIFIER.ControlModifier)
    assert services.planning.list(heather, open_only=True) == []
    assert "No visit is planned." in said(setting)


def test_the_portfolio_says_why_to_everybody(desktop: Desktop, heather: str) -> None:
    desktop.services.planning.plan(heather, "annual")
    desktop.open_portfolio()
    table = desktop.portfolio.table
    (place,) = [n for n, row in enumerate(table.rows) if row.setting_id == heather]
    why = "Every setting, last visit on 1 Jun 2026"
    assert why in table.told(place, "Next due", Qt.ItemDataRole.ToolTipRole)
    said_aloud = table.told(place, "Next due", Qt.ItemDataRole.AccessibleTextRole)
    assert why in said_aloud
    assert "planned" in said_aloud
