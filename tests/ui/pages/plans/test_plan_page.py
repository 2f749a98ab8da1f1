"""The page of an improvement plan, by keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.support.window.screens import Screen, plan_page
from tests.support.window.windows import Desktop
from visitapp.services.plans.views import PlanView
from visitapp.services.services import Services
from visitapp.ui.dialogs.actions.action import ActionDialog
from visitapp.ui.dialogs.plans.plan import AgreeDialog, EndPlanDialog, PlanDialog
from visitapp.ui.dialogs.plans.update import UpdateDialog
from visitapp.ui.pages.plans.page import PlanPage

CTRL = Qt.KeyboardModifier.ControlModifier
STARTS, ENDS, DUE = date(2026, 11, 22), date(2027, 2, 22), date(2026, 12, 7)


@pytest.fixture
def plan(services: Services, heather: str) -> PlanView:
    services.actions.add(
        None, heather, "Rewrite the care plans", DUE, success_measure="29 of 29", target=29
    )
    services.actions.add(None, heather, "Observe each medicines round", DUE)
    return services.plans.draft(heather, "Plans are right", STARTS, ENDS, "Registered manager")


@pytest.fixture
def answered(services: Services, plan: PlanView) -> PlanView:
    """The same, with an action for the finding of the visit in June."""
    return services.plans.add_found(plan.id)


def test_a_finding_without_an_action_stops_the_agreement(
    desktop: Desktop, heather: str, plan: PlanView
) -> None:
    page = plan_page(desktop, heather)
    assert plan.findings[0].asked in "\n".join(Screen(desktop, page).said)
    desktop.press(Qt.Key.Key_Return, CTRL)
    agree = desktop.dialog(AgreeDialog)
    agree.agreed_with.setText("The owner")
    Screen(desktop, agree).click("Agree the plan")
    assert plan.findings[0].asked in agree.messages.text()
    Screen(desktop, agree).click("Cancel")
    Screen(desktop, agree).click("Cancel")
    Screen(desktop, page).click("Add the suggested actions")
    assert not page.findings.isVisible()
    assert len(page.table.rows.rows) == 3


def test_an_empty_page_teaches_and_begins_a_plan(desktop: Desktop, heather: str) -> None:
    desktop.setting.go(heather)
    desktop.setting.click("Open the plan")
    desktop.settle()
    assert isinstance(desktop.window.page(), PlanPage)
    assert desktop.focus == "Begin a plan"
    desktop.press(Qt.Key.Key_Return)
    dialog = desktop.dialog(PlanDialog)
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert "Say what the plan is for" in dialog.messages.text()
    desktop.type("People are safe at night")
    desktop.press(Qt.Key.Key_Return, CTRL)
    (line,) = desktop.services.plans.list(heather)
    assert line.goal == "People are safe at night"


def test_a_plan_is_agreed_and_followed_by_keyboard(
    desktop: Desktop, heather: str, answered: PlanView
) -> None:
    plan, page = answered, plan_page(desktop, heather)
    assert desktop.focus == "Actions of the plan"
    desktop.press("R")
    told = desktop.dialog(UpdateDialog)
    desktop.type("Nine are done")
    Screen(desktop, told).field(QLineEdit, "Number done, of 29 (optional)").setText("9")
    Screen(desktop, told).click("Add update")
    assert any("9 of 29" in text for text in Screen(desktop, page).said)
    page.table.setFocus()
    desktop.press(Qt.Key.Key_Return, CTRL)
    agree = desktop.dialog(AgreeDialog)
    Screen(desktop, agree).click("Agree the plan")
    assert "Say with whom" in agree.messages.text()
    agree.agreed_with.setText("The registered manager")
    Screen(desktop, agree).click("Agree the plan")
    assert desktop.services.plans.view(plan.id).version == 1
    page.table.setFocus()
    desktop.press("V")
    action = desktop.dialog(ActionDialog)
    action.status.setCurrentIndex(action.status.findData("verified"))
    Screen(desktop, action).click("Save")
    assert "needs a note or evidence" in action.messages.text()
    action.note.setText("29 plans seen")
    Screen(desktop, action).click("Save")
    first, *_ = desktop.services.plans.view(plan.id).actions
    assert (first.status, first.verified_note) == ("verified", "29 plans seen")


def test_the_picture_is_a_table_too(desktop: Desktop, heather: str, plan: PlanView) -> None:
    page = plan_page(desktop, heather)
    assert "2 asked for, 0 done, 0 verified" in page.progress.chart.accessibleDescription()
    desktop.press("T")
    assert page.progress.table.isVisible()
    points = desktop.services.plans.progress(plan.id)
    assert page.progress.table.rows.rows == points
    page.table.setFocus()
    desktop.press("T")
    assert page.progress.chart.isVisible()


def test_a_plan_that_is_not_met_takes_a_reason(
    desktop: Desktop, heather: str, answered: PlanView
) -> None:
    plan = desktop.services.plans.agree(answered.id, "The owner")
    page = plan_page(desktop, heather)
    desktop.click(page.end)
    dialog = desktop.dialog(EndPlanDialog)
    dialog.after.setCurrentIndex(dialog.after.findData("not_met"))
    Screen(desktop, dialog).click("End the plan")
    assert "reason" in dialog.messages.text()
    dialog.reason.setPlainText("Three dates were missed")
    Screen(desktop, dialog).click("End the plan")
    assert desktop.services.plans.view(plan.id).status == "not_met"
    assert not page.agree.isVisible()
