"""The page of notices, and choosing who receives them, by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import update

from tests.support.window.screens import Screen
from tests.support.window.windows import Desktop
from visitapp.records import Notice, NoticeState, Role, User
from visitapp.ui.dialogs.notices.notice_text import NoticeTextDialog
from visitapp.ui.dialogs.notices.recipient import RecipientDialog
from visitapp.ui.dialogs.notices.recipients import RecipientsDialog

TEXT = "No new placements at Heather Bank from 4 November 2026."


@pytest.fixture
def lead(desktop: Desktop) -> Desktop:
    """A desktop of a team lead."""
    with desktop.services.desk.database.applying() as session:
        session.execute(update(User).values(role=Role.LEAD))
    return desktop


@pytest.fixture
def notice(desktop: Desktop, heather: str) -> str:
    """A notice that came with a sync."""
    with desktop.services.desk.database.applying() as session:
        session.add(
            Notice(
                setting_id=heather,
                event="position_closed",
                audience="brokerage",
                text=TEXT,
                policy_version="2026.1",
                state=NoticeState.SENT,
                recipients=2,
                created_at=desktop.services.desk.clock(),
                created_by="server",
                revision=7,
            )
        )
    return heather


def test_a_notice_is_read_and_leads_to_its_setting(desktop: Desktop, notice: str) -> None:
    notices = desktop.notices
    notices.go()
    assert [row.text for row in notices.table.rows] == [TEXT]
    notices.table.open(0)
    dialog = desktop.dialog(NoticeTextDialog)
    assert dialog.isVisible()
    desktop.press(Qt.Key.Key_Return)
    assert desktop.shown == "Setting"


def test_a_notice_is_saved_as_a_pdf(desktop: Desktop, notice: str) -> None:
    desktop.notices.go()
    desktop.notices.table.open(0)
    Screen(desktop, desktop.dialog(NoticeTextDialog)).click("Save as PDF…")
    (saved,) = desktop.folder.glob("*.pdf")
    assert saved.name.startswith("Notice Heather Bank")


def test_a_lead_adds_changes_and_removes_a_team_by_keys(lead: Desktop) -> None:
    notices = lead.notices
    notices.go()
    assert "No notices yet" in notices.said
    lead.press(Qt.Key.Key_Space)
    recipients = lead.dialog(RecipientsDialog)
    lead.press(Qt.Key.Key_Space)
    lead.until(lambda: lead.focus == "Audience")
    lead.press(Qt.Key.Key_Tab)
    lead.type("Duty desk")
    lead.press(Qt.Key.Key_Tab)
    lead.type("duty@council.example")
    lead.press(Qt.Key.Key_Return)
    lead.until(lambda: [row.name for row in recipients.table.rows.rows] == ["Duty desk"])
    recipients.activateWindow()
    lead.until(recipients.isActiveWindow)
    recipients.table.setFocus()
    lead.press(Qt.Key.Key_Return)
    lead.until(lambda: lead.focus == "Team or role")
    lead.press(Qt.Key.Key_End)
    lead.type(" (north)")
    lead.press(Qt.Key.Key_Return)
    recipients.activateWindow()
    lead.until(recipients.isActiveWindow)
    (contact,) = lead.services.notices.contacts()
    assert contact.name == "Duty desk (north)"
    recipients.remove.setFocus()
    lead.press(Qt.Key.Key_Space)
    assert lead.services.notices.contacts() == []


def test_an_officer_is_told_that_a_lead_chooses(desktop: Desktop) -> None:
    notices = desktop.notices
    notices.go()
    lead_only = "Only a team lead or an administrator can change who receives notices"
    desktop.press(Qt.Key.Key_Space)
    desktop.dialog(RecipientsDialog)
    desktop.press(Qt.Key.Key_Space)
    desktop.until(lambda: desktop.focus == "Audience")
    dialog = desktop.dialog(RecipientDialog)
    desktop.press(Qt.Key.Key_Tab)
    desktop.type("Me")
    desktop.press(Qt.Key.Key_Return)
    assert lead_only in dialog.messages.text()
    assert desktop.services.notices.contacts() == []


def test_a_refused_team_leads_to_its_field_and_the_first_one_is_seen_whole(lead: Desktop) -> None:
    lead.notices.go()
    lead.press(Qt.Key.Key_Space)
    recipients = lead.dialog(RecipientsDialog)
    lead.press(Qt.Key.Key_Space)
    lead.until(lambda: lead.focus == "Audience")
    lead.press(Qt.Key.Key_Return)
    assert lead.focus == "Team or role"
    lead.type("Brokerage")
    lead.press(Qt.Key.Key_Tab)
    lead.type("brokerage")
    lead.press(Qt.Key.Key_Tab)
    lead.press(Qt.Key.Key_Return)
    assert lead.focus == "E-mail address"
    lead.type("@council.example")
    lead.press(Qt.Key.Key_Return)
    lead.until(lambda: recipients.edit.isVisible())
    lead.settle()
    row = recipients.table.visualRect(recipients.table.rows.index(0, 0))
    assert recipients.table.viewport().rect().contains(row)
    for part in (recipients.table, recipients.edit, recipients.remove):
        assert part.visibleRegion().boundingRect().size() == part.size()
