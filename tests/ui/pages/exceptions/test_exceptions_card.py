"""Placement exceptions on the page of a setting."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from tests.support.desk.colleagues import become, bring
from tests.support.desk.exceptions import RISK, close_by_a_red_visit
from tests.support.window.screens import Screen
from tests.support.window.windows import Desktop
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.ui.dialogs.exceptions.ask import AskExceptionDialog, AssessExceptionDialog
from visitapp.ui.dialogs.exceptions.end import PlacedDialog, WithdrawExceptionDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WHY = "Her husband lives there."


@pytest.fixture
def closed(services: Services, heather: str) -> str:
    """Heather Bank, closed to new placements; the officer's id."""
    close_by_a_red_visit(services, heather)
    bring(services, mia=Role.MANAGER)
    return services.me().id


def test_it_is_asked_for_and_a_name_is_refused(desktop: Desktop, heather: str, closed: str) -> None:
    desktop.setting.go(heather)
    desktop.setting.click("Ask for an exception")
    dialog = desktop.dialog(AskExceptionDialog)
    assert desktop.focus == "Person's code"
    assert any("never by a name" in text for text in Screen(desktop, dialog).said)
    desktop.type("Mabel Quill")
    dialog.why.setFocus()
    desktop.type(WHY)
    Screen(desktop, dialog).click("Ask for it")
    assert "looks like a name" in dialog.messages.text()
    Screen(desktop, dialog).field(QLineEdit, "Person's code").setText("P31")
    Screen(desktop, dialog).click("Ask for it")
    (one,) = desktop.services.exceptions.list(heather)
    assert (one.person, one.why, one.assessment) == ("P31", WHY, None)
    assert "P31 · Asked" in desktop.setting.said


def test_it_is_assessed_authorised_and_used(desktop: Desktop, heather: str, closed: str) -> None:
    exceptions = desktop.services.exceptions
    one = exceptions.ask(heather, "P31", WHY).id
    desktop.setting.go(heather)
    desktop.setting.click("Risk assessment, P31")
    dialog = desktop.dialog(AssessExceptionDialog)
    Screen(desktop, dialog).field(QPlainTextEdit, "Need").setPlainText("Care")
    Screen(desktop, dialog).click("Put it on record")
    assert "every part" in dialog.messages.text()
    for part, field in dialog.risk.fields.items():
        field.setPlainText(getattr(RISK, part))
    Screen(desktop, dialog).click("Put it on record")
    assert exceptions.view(one).assessment == RISK
    become(desktop.services, "mia")
    exceptions.authorise(one, desktop.services.desk.today(), "Because")
    become(desktop.services, closed)
    desktop.setting.go(heather)
    desktop.setting.click("Record the placement, P31")
    Screen(desktop, desktop.dialog(PlacedDialog)).click("Record it")
    assert exceptions.view(one).status == "used"
    assert not desktop.setting.offers("Record the placement, P31")


def test_each_role_is_offered_its_own_steps(desktop: Desktop, heather: str, closed: str) -> None:
    one = desktop.services.exceptions.ask(heather, "P31", WHY, assessment=RISK).id
    become(desktop.services, "mia")
    desktop.setting.go(heather)
    for name in ("Ask for an exception", "Risk assessment, P31", "Withdraw, P31"):
        assert not desktop.setting.offers(name)
    desktop.services.exceptions.authorise(one, desktop.services.desk.today(), "Because")
    desktop.refresh()
    desktop.setting.click("Withdraw, P31")
    dialog = desktop.dialog(WithdrawExceptionDialog)
    Screen(desktop, dialog).click("Withdraw it")
    assert "Give a reason" in dialog.messages.text()
    dialog.reason.setPlainText("The nurse left.")
    Screen(desktop, dialog).click("Withdraw it")
    assert desktop.services.exceptions.view(one).ended_because == "The nurse left."


def test_the_focus_goes_to_the_value_that_is_refused(
    desktop: Desktop, heather: str, closed: str
) -> None:
    desktop.setting.go(heather)
    desktop.setting.click("Ask for an exception")
    dialog = desktop.dialog(AskExceptionDialog)
    assert not any("Type a day" in text for text in Screen(desktop, dialog).said)

    def typed_in(field: str, text: str, refusal: str) -> None:
        """The refused value leads to its field, which is then filled in."""
        desktop.press(Qt.Key.Key_Tab)
        desktop.press(Qt.Key.Key_Tab, SHIFT)
        Screen(desktop, dialog).click("Ask for it")
        assert refusal in dialog.messages.text()
        assert desktop.focus == field
        desktop.press("a", CTRL)
        desktop.type(text)

    typed_in("Person's code", "Mabel Quill", "Give the person's code")
    typed_in("Person's code", "P31", "looks like a name")
    typed_in("Why it is exceptional", WHY, "Say why")
    dialog.needed_by.setFocus()
    desktop.type("soon")
    typed_in("Needed by (optional)", "1/1/2020", "not a day")
    typed_in("Needed by (optional)", "+3", "has passed")
    dialog.risk.fields["need"].setFocus()
    desktop.type("Care")
    typed_in("Alternatives tried", "None", "every part")
    assert desktop.services.exceptions.list(heather) == []
