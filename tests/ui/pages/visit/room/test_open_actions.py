"""Open actions beside the questions: verified, reopened and moved by keys, without leaving."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from tests.support.window.visit_screen import texts
from tests.support.window.windows import Desktop
from visitapp.records import Evidence
from visitapp.ui.dialogs.actions.on_site import OnSiteDialog

ENTER, ESC, F6, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F6, Qt.Key.Key_Tab


@pytest.fixture
def action_id(desktop: Desktop, heather: str) -> str:
    """One that the provider says is done."""
    services = desktop.services
    action = services.actions.add(None, heather, "Weekly audit", services.desk.today())
    services.actions.update(action.id, status="done")
    return action.id


def test_verifying_takes_a_key_a_note_and_enter(
    desktop: Desktop, visit_id: str, action_id: str
) -> None:
    screen = desktop.open_visit(visit_id)
    before = screen.current
    desktop.press(F6)
    assert desktop.focus == "Action: Weekly audit"
    desktop.press("v")
    desktop.dialog(OnSiteDialog)
    desktop.type("Three audits read.")
    desktop.press(ENTER)
    action = desktop.services.actions.view(action_id)
    assert (action.status, action.verified_how) == ("verified", "visit")
    assert action.verified_note == "Three audits read."
    assert not screen.page.panel.open_actions.isVisible()
    assert screen.current == before
    assert desktop.services.visits.view(visit_id).answers == {}, "V is an answer's key elsewhere"


def test_an_action_with_evidence_is_verified_by_one_key(
    desktop: Desktop, visit_id: str, heather: str, action_id: str
) -> None:
    with desktop.services.desk.transaction() as session:
        piece = Evidence(setting_id=heather, action_id=action_id, kind="document", title="Audits")
        session.add(piece)
    screen = desktop.open_visit(visit_id)
    assert "1 attached" in " ".join(texts(screen.page.panel.open_actions))
    desktop.press(F6)
    desktop.press("v")
    assert desktop.services.actions.view(action_id).status == "verified"


def test_a_verification_without_a_note_or_evidence_is_refused(
    desktop: Desktop, visit_id: str, action_id: str
) -> None:
    desktop.open_visit(visit_id)
    desktop.press(F6)
    desktop.press("v")
    desktop.dialog(OnSiteDialog)
    desktop.press(ENTER)
    assert desktop.services.actions.view(action_id).status == "done"
    desktop.type("Seen.")
    desktop.press(ENTER)
    assert desktop.services.actions.view(action_id).status == "verified"


def test_not_yet_reopens_with_a_reason(desktop: Desktop, visit_id: str, action_id: str) -> None:
    desktop.open_visit(visit_id)
    desktop.press(F6)
    desktop.press("r")
    desktop.dialog(OnSiteDialog)
    desktop.type("Two of the four weeks are missing.")
    desktop.press(ENTER)
    action = desktop.services.actions.view(action_id)
    assert (action.status, action.reopened_count) == ("reopened", 1)


def test_another_due_date_needs_a_reason(desktop: Desktop, visit_id: str, heather: str) -> None:
    services, today = desktop.services, desktop.services.desk.today()
    action = services.actions.add(None, heather, "Bath hoist", today)
    desktop.open_visit(visit_id)
    desktop.press(F6)
    desktop.press("r")
    assert desktop.focus == "Action: Bath hoist", "what is not done cannot be reopened"
    desktop.press("x")
    desktop.dialog(OnSiteDialog)
    desktop.type("+14")
    desktop.press(TAB)
    desktop.type("The engineer comes in December.")
    desktop.press(ENTER)
    moved = services.actions.view(action.id)
    assert (moved.due_on, moved.moved_count) == (today + timedelta(days=14), 1)


def test_f6_goes_there_and_back(desktop: Desktop, visit_id: str, action_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    card = screen.card(screen.current).accessibleName()
    desktop.press(F6)
    desktop.press(F6)
    assert desktop.focus == card


def test_what_is_not_due_waits_behind_one_button(
    desktop: Desktop, visit_id: str, heather: str
) -> None:
    services, today = desktop.services, desktop.services.desk.today()
    for days in (3, 40, 50):
        services.actions.add(None, heather, f"In {days} days", today + timedelta(days=days))
    screen = desktop.open_visit(visit_id)
    card = screen.page.panel.open_actions
    assert [one.opened.action.title for one in card.lines()] == ["In 3 days"]
    desktop.press(F6)
    for _ in range(6):
        if desktop.focus != "Show 2 more that are not due":
            desktop.press(TAB)
    desktop.press(ENTER)
    assert len(card.lines()) == 3
