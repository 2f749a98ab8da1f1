"""The page Decisions: read what waits, decide with the keyboard, and never by accident."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QRadioButton

from tests.support.desk.colleagues import become, bring
from tests.support.desk.exceptions import RISK, close_by_a_red_visit, confirm_closed
from tests.support.window.screens import DecisionsScreen
from tests.support.window.windows import Desktop
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.ui.shell.routes import Route

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SPACE, TAB, DOWN = Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Down
ENTER, F6 = Qt.Key.Key_Return, Qt.Key.Key_F6


def approve_first_visit(services: Services) -> None:
    """Let a lead approve the visit of June, so that its rating waits for nobody."""
    before = services.me().id
    become(services, "lee")
    services.reviews.approve(services.visits.list()[0].id, at_once=True)
    become(services, before)


@pytest.fixture
def asked(services: Services, heather: str) -> str:
    """An exception that is asked for at Heather Bank, with its risk assessment."""
    bring(services, mia=Role.MANAGER, lee=Role.LEAD)
    approve_first_visit(services)
    close_by_a_red_visit(services, heather)
    confirm_closed(services, heather, "mia")
    why = "Her husband lives there."
    return services.exceptions.ask(heather, "P31", why, assessment=RISK).id


@pytest.fixture
def second(services: Services, heather: str, asked: str) -> str:
    """Another one, which has no risk assessment."""
    return services.exceptions.ask(heather, "P32", "The only nursing bed.").id


def opened(desktop: Desktop, user: str = "mia") -> DecisionsScreen:
    become(desktop.services, user)
    desktop.window.go(Route("decisions"))
    return desktop.decisions


def test_a_manager_authorises_with_the_keyboard_alone(desktop: Desktop, asked: str) -> None:
    screen = opened(desktop)
    assert "Nursing care after a stroke." in screen.said
    assert "Choose a decision." in screen.said
    desktop.press(F6)
    assert desktop.focus == "Authorise"
    desktop.press(SPACE)
    assert "Give the last day." in screen.said
    desktop.press(ENTER, CTRL)
    assert desktop.services.exceptions.view(asked).status == "asked", "it is barred until complete"
    desktop.press(TAB)
    assert desktop.focus == "Conditions"
    desktop.type("Seen within 7 days.")
    desktop.press(TAB)
    assert desktop.focus == "Valid until"
    desktop.type("+28")
    desktop.press(TAB)
    assert desktop.focus == "Reason, kept for ever"
    assert "Give the reason. It is kept for ever." in screen.said
    desktop.type("Keeps a couple together.")
    desktop.press(TAB)
    assert desktop.focus == "Record the decision"
    desktop.press(ENTER)
    one = desktop.services.exceptions.view(asked)
    assert (one.status, one.reason) == ("authorised", "Keeps a couple together.")
    assert one.conditions == "Seen within 7 days."
    assert one.valid_to == desktop.services.desk.today() + timedelta(days=28)
    assert screen.is_empty


def test_an_arrow_key_chooses_and_tab_stops_once_at_the_choices(
    desktop: Desktop, asked: str
) -> None:
    screen = opened(desktop)
    desktop.press(F6)
    desktop.press(DOWN)
    assert desktop.focus == "Refuse"
    assert screen.field(QRadioButton, "Refuse").isChecked()
    desktop.press(TAB)
    assert desktop.focus == "Reason, kept for ever"
    desktop.press(Qt.Key.Key_Backtab, SHIFT)
    assert desktop.focus == "Refuse"
    for _ in range(8):
        if desktop.focus.startswith("Heather Bank, Red"):
            break
        desktop.press(Qt.Key.Key_Backtab, SHIFT)
    assert desktop.focus.startswith("Heather Bank, Red"), "the list stands before the decision"


def test_a_choice_stays_while_another_decision_is_looked_at(
    desktop: Desktop, asked: str, second: str
) -> None:
    screen = opened(desktop)
    desktop.press(F6)
    desktop.press(DOWN)
    assert screen.field(QRadioButton, "Refuse").isChecked()
    desktop.press(F6)
    desktop.press(DOWN)
    assert not screen.field(QRadioButton, "Refuse").isChecked()
    desktop.press(Qt.Key.Key_Up)
    assert screen.field(QRadioButton, "Refuse").isChecked()


def test_the_next_decision_opens_at_its_top_without_the_last_refusal(
    desktop: Desktop, asked: str, second: str
) -> None:
    desktop.window.resize(1024, 600)
    screen = opened(desktop)
    desktop.press(F6)
    desktop.press(SPACE)
    for text in ("", "Seen weekly.", "+60", "Keeps a couple together."):
        desktop.type(text)
        desktop.press(TAB)
    assert desktop.focus == "Record the decision"
    desktop.press(ENTER)
    assert "28 days" in desktop.message()
    bar = screen.page.detail.verticalScrollBar()
    assert bar.value() > 0
    desktop.press(F6)
    desktop.press(DOWN)
    assert "There is no risk assessment on record." in screen.said
    assert (desktop.message(), bar.value()) == ("", 0)


def test_without_an_assessment_it_can_only_be_refused(
    desktop: Desktop, asked: str, second: str
) -> None:
    screen = opened(desktop)
    desktop.press(DOWN)
    assert "There is no risk assessment on record." in screen.said
    assert not screen.offers("Authorise")
    desktop.press(F6)
    assert desktop.focus == "Refuse"
    desktop.press(SPACE)
    screen.field(QPlainTextEdit, "Reason, kept for ever").setFocus()
    desktop.type("A bed is free.")
    screen.click("Record the decision")
    assert desktop.services.exceptions.view(second).status == "refused"
    assert desktop.services.exceptions.view(asked).status == "asked"
    assert desktop.focus.startswith("Heather Bank, Red, Exception"), "Enter there decides nothing"
    desktop.press(ENTER)
    assert desktop.services.exceptions.view(asked).status == "asked"


def test_each_decision_keeps_what_was_typed_for_it(
    desktop: Desktop, asked: str, second: str
) -> None:
    screen = opened(desktop)
    screen.click("Refuse")
    reason = screen.field(QPlainTextEdit, "Reason, kept for ever")
    reason.setFocus()
    desktop.type("Half a sentence")
    desktop.refresh()
    assert reason.toPlainText() == "Half a sentence"
    desktop.press(F6)
    desktop.press("j")
    screen.click("Refuse")
    assert screen.field(QPlainTextEdit, "Reason, kept for ever").toPlainText() == ""
    desktop.press(F6)
    desktop.press("k")
    screen.click("Refuse")
    assert screen.field(QPlainTextEdit, "Reason, kept for ever").toPlainText() == "Half a sentence"


def test_who_may_not_decide_reads_who_may(desktop: Desktop, asked: str) -> None:
    screen = opened(desktop, "lee")
    assert "With others, 1" in screen.said
    assert "This is for a senior manager to decide. You can read it." in screen.said
    assert not screen.offers("Record the decision")
    assert not screen.offers("Refuse")


def test_a_lead_approves_a_better_rating(desktop: Desktop) -> None:
    visit = desktop.services.visits.list()[0].id
    bring(desktop.services, lee=Role.LEAD)
    screen = opened(desktop, "lee")
    desktop.press(F6)
    desktop.press(SPACE)
    assert "The rating becomes Green at once." in screen.said
    desktop.press(ENTER, CTRL)
    assert desktop.services.visits.view(visit).summary.status == "approved"


def test_the_side_counts_what_is_mine_and_an_empty_page_teaches(
    desktop: Desktop, asked: str
) -> None:
    opened(desktop)
    button = desktop.window.navigation.buttons["decisions"]
    desktop.until(lambda: button.accessibleName() == "Decisions, 1")
    become(desktop.services, "lee")
    desktop.window.go(Route("decisions"))
    desktop.until(lambda: button.accessibleName() == "Decisions")
    desktop.services.exceptions.withdraw(asked, "Placed elsewhere.")
    desktop.refresh()
    assert "Nothing waits for your decision" in desktop.decisions.said
