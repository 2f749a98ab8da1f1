"""The page of an intervention, by keyboard: from the referral to its closing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.support.desk.colleagues import become, bring
from tests.support.window.screens import Screen, intervention_page
from tests.support.window.windows import Desktop
from visitapp.records import Role
from visitapp.ui.dialogs.interventions.criteria import CriterionDialog, ReadingDialog
from visitapp.ui.dialogs.interventions.referral import AcceptDialog, ReferDialog
from visitapp.ui.dialogs.interventions.step import InterventionStepDialog, SeriesDialog
from visitapp.ui.pages.interventions.page import InterventionPage

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def said(desktop: Desktop, page: InterventionPage) -> str:
    return "\n".join(Screen(desktop, page).said)


def test_a_setting_is_referred_from_its_page(desktop: Desktop, heather: str) -> None:
    desktop.setting.go(heather)
    desktop.setting.click("Intervention")
    desktop.settle()
    assert desktop.focus == "Refer this setting"
    desktop.press(Qt.Key.Key_Return)
    dialog = desktop.dialog(ReferDialog)
    dialog.grounds.setPlainText("Five of nine actions late")
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert "Say why this setting is referred." in dialog.messages.text()
    dialog.why.setFocus()
    desktop.type("Red twice")
    desktop.press(Qt.Key.Key_Return, CTRL)
    (line,) = desktop.services.interventions.list(heather)
    assert line.status == "referred"
    page = intervention_page(desktop, heather)
    assert "Five of nine actions late" in said(desktop, page)
    assert not page.accept.isVisible()


def test_it_is_followed_to_its_end_by_keyboard(desktop: Desktop, heather: str) -> None:
    services = desktop.services
    bring(services, lee=Role.LEAD, irena=Role.INTERVENTION)
    one = services.interventions.refer(heather, "Red twice", "Five of nine actions late")
    become(services, "lee")
    page = intervention_page(desktop, heather)
    desktop.press(Qt.Key.Key_Return, CTRL)
    accept = desktop.dialog(AcceptDialog)
    assert accept.officer.currentText() == "Irena Doe"
    Screen(desktop, accept).click("Accept the referral")
    assert services.interventions.view(one.id).officer == "Irena Doe"
    page.table.setFocus()
    desktop.press("n", CTRL | SHIFT)
    criterion = desktop.dialog(CriterionDialog)
    criterion.text.setText("Falls with injury")
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert "Type a whole number." in criterion.messages.text(), "nobody meant at least 0"
    assert not services.interventions.view(one.id).criteria
    room = criterion.screen().availableGeometry().size()
    assert criterion.height() <= room.height()
    criterion.bound.setCurrentIndex(criterion.bound.findData("at_most"))
    criterion.needed.setText("1")
    Screen(desktop, criterion).click("Set it")
    page.table.setFocus()
    desktop.press("R")
    reading = desktop.dialog(ReadingDialog)
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert reading.isVisible(), "an empty count is not 0"
    Screen(desktop, reading).field(QLineEdit, "Counted").setText("0")
    Screen(desktop, reading).click("Save the reading")
    assert "1 of 1 exit criteria hold" in said(desktop, page)
    desktop.click(page.plan)
    series = desktop.dialog(SeriesDialog)
    series.count.setText("2")
    Screen(desktop, series).click("Plan them")
    assert len(services.interventions.view(one.id).planned) == 2
    page.table.setFocus()
    desktop.press("S")
    step = desktop.dialog(InterventionStepDialog)
    step.after.setCurrentIndex(step.after.findData("sustaining"))
    Screen(desktop, step).click("Take the step")
    found = services.interventions.view(one.id)
    assert found.status == "sustaining"
    page.table.setFocus()
    desktop.press("S")
    step = desktop.dialog(InterventionStepDialog)
    step.after.setCurrentIndex(step.after.findData("closed"))
    step.summary.setPlainText("From Red to Green")
    Screen(desktop, step).click("Take the step")
    assert "to be held until" in step.messages.text()
    step.reason.setPlainText("The home is sold")
    Screen(desktop, step).click("Take the step")
    assert services.interventions.view(one.id).ended_on == services.desk.today()
    assert page.again.isVisible()
