"""Overriding the outcome of a signed-off visit, on its page."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit

from tests.support.desk.desks import signed_off_visit
from tests.support.window.screens import Screen
from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.visits.override import OverrideDialog, WithdrawOverrideDialog
from visitapp.ui.shell.routes import Route


def test_it_is_asked_with_a_reason_and_both_ratings_are_shown(
    desktop: Desktop, heather: str
) -> None:
    visit = signed_off_visit(desktop.services, heather).summary.id
    desktop.window.go(Route("visit", visit))
    panel = desktop.outcome
    panel.click("Override the outcome…")
    dialog = desktop.dialog(OverrideDialog)
    screen = Screen(desktop, dialog)
    screen.click("Ask for it")
    assert "Give the reason" in dialog.messages.text()
    dialog.rag.setCurrentText("Red")
    screen.field(QPlainTextEdit, "Reason, kept for ever").setPlainText("The manager left.")
    screen.click("Ask for it")
    assert any("overridden to Red" in text for text in panel.said)
    assert "An override decides the rating, not this outcome." in panel.said
    assert not panel.offers("Override the outcome…")
    panel.click("Withdraw the override…")
    dialog = desktop.dialog(WithdrawOverrideDialog)
    dialog.reason.setPlainText("Mistaken.")
    Screen(desktop, dialog).click("Withdraw it")
    assert desktop.services.overrides.of_visit(visit) == []
    assert panel.offers("Override the outcome…")
