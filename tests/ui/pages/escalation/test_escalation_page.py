"""The page Escalation, by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from tests.support.desk.colleagues import become, bring
from tests.support.window.screens import Screen, escalation_page
from tests.support.window.windows import Desktop
from visitapp.records import Role
from visitapp.rules.escalation.states import Rung
from visitapp.services.escalation.opening import Opening
from visitapp.ui.dialogs.escalation.person import MovePersonDialog, PersonDialog
from visitapp.ui.dialogs.escalation.step import EndStepDialog, LadderNoteDialog, OpenStepDialog
from visitapp.ui.models.rows import Roles
from visitapp.ui.pages.escalation.page import EscalationPage

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_an_empty_page_teaches_and_begins_with_the_first_step(
    desktop: Desktop, heather: str
) -> None:
    desktop.setting.go(heather)
    desktop.press("L")
    desktop.settle()
    assert isinstance(desktop.window.page(), EscalationPage)
    assert desktop.focus == "Begin with the first step"
    desktop.press(Qt.Key.Key_Return)
    dialog = desktop.dialog(OpenStepDialog)
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert "reason" in dialog.messages.text()
    desktop.type("Medicines were missed")
    desktop.press(Qt.Key.Key_Return, CTRL)
    view = desktop.services.escalations.view(heather)
    assert (view.status, view.entries[0].lines[0]) == ("peer_support", "Medicines were missed")


def test_a_suspension_is_taken_and_ended_by_keyboard(desktop: Desktop, heather: str) -> None:
    services = desktop.services
    bring(services, max=Role.MANAGER)
    services.escalations.open(heather, Rung.PEER_SUPPORT, Opening(reason="Medicines"))
    page = escalation_page(desktop, heather)
    for _ in range(4):
        desktop.press(Qt.Key.Key_Down)
    assert not page.begin.isVisible(), "an officer does not suspend"
    assert page.steps.rows.index(4, 0).data(Roles.CELL).second == "Senior manager decides"
    refused = "Only a senior manager decides on this step."
    assert refused in Screen(desktop, page).said
    desktop.press(Qt.Key.Key_Up)
    desktop.press(Qt.Key.Key_Up)
    desktop.press(Qt.Key.Key_Up)
    assert refused not in Screen(desktop, page).said, "it is said of the step in view"
    for _ in range(3):
        desktop.press(Qt.Key.Key_Down)
    become(services, "max")
    page.refresh()
    desktop.press("n", CTRL | SHIFT)
    dialog = desktop.dialog(OpenStepDialog)
    desktop.type("Six falls in a month")
    over = "Passes over: Improvement plan, Provider strategy meeting, Default notice."
    assert over in Screen(desktop, dialog).said
    why = Screen(desktop, dialog).field(QPlainTextEdit, "Why are they passed over?")
    why.setPlainText("People are at risk")
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert services.placements.view(heather).position == "closed"
    assert "Suspension" in "\n".join(Screen(desktop, page).said)
    desktop.press("E")
    ending = desktop.dialog(EndStepDialog)
    ending.reason.setPlainText("Two visits four weeks apart")
    Screen(desktop, ending).click("End the step")
    assert services.placements.view(heather).position == "open"
    desktop.press("N")
    note = desktop.dialog(LadderNoteDialog)
    desktop.type("The owner was told")
    Screen(desktop, note).click("Add the note")
    assert services.escalations.view(heather).entries[0].lines[-1] == "The owner was told"


def test_people_are_listed_and_moved(desktop: Desktop, heather: str) -> None:
    desktop.services.escalations.open(heather, Rung.PEER_SUPPORT, Opening(reason="Medicines"))
    page = escalation_page(desktop, heather)
    desktop.press("P")
    person = desktop.dialog(PersonDialog)
    desktop.type("P31")
    person.needs.setPlainText("Two carers and a hoist")
    Screen(desktop, person).click("Put on the list")
    assert "0 of 1 moved" in "\n".join(Screen(desktop, page).said)
    page.people.table.setFocus()
    desktop.press("M")
    moving = desktop.dialog(MovePersonDialog)
    moving.to.setText("Hazel Court")
    Screen(desktop, moving).click("Record it")
    assert "1 of 1 moved" in "\n".join(Screen(desktop, page).said)


def test_a_long_reason_is_read_whole(desktop: Desktop, heather: str) -> None:
    reason = "Two of five medicine rounds were late, and nobody told the night staff. " * 5
    desktop.services.escalations.open(heather, Rung.PEER_SUPPORT, Opening(reason=reason))
    page = escalation_page(desktop, heather)
    assert any(reason.strip() in text for text in Screen(desktop, page.entry).said)
