"""The page of policies: what is in force and what comes, and publishing a file, by keys."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.support.desk.colleagues import become, bring
from tests.support.policies.texts import policy_text, publish_here, red_within
from tests.support.window.screens import Screen
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.records import Role
from visitapp.rules.policy.read import shipped_text
from visitapp.ui.dialogs.policies.policy import PolicyDialog
from visitapp.ui.dialogs.policies.publish import PolicyFaultsDialog, PublishPolicyDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
RETURN, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


@pytest.fixture
def later(desktop: Desktop) -> str:
    """A policy that is in force from next month, as a sync brings it."""
    day = desktop.services.desk.today() + timedelta(days=30)
    text = policy_text("2026.2", day, red_within(2))
    publish_here(desktop.services.desk.database, text)
    return text


@pytest.fixture
def lead(desktop: Desktop) -> Desktop:
    bring(desktop.services, lena=Role.LEAD)
    become(desktop.services, "lena")
    return desktop


def choose(desktop: Desktop, text: str) -> None:
    """Publish a policy file with this text, as far as the system's file dialog."""
    assert isinstance(desktop.files, AnswerFiles)
    desktop.files.to_open = Path(desktop.folder) / "ours.yaml"
    desktop.files.to_open.write_text(text, encoding="utf-8")
    desktop.policies.go()
    desktop.press("n", CTRL, SHIFT)


def test_the_newest_is_first_and_enter_shows_it_in_words_and_as_changes(
    desktop: Desktop, later: str
) -> None:
    desktop.policies.go()
    shown = [(row.version, row.state) for row in desktop.policies.table.rows]
    assert shown == [("2026.2", "planned"), ("2026.1", "in_force")]
    desktop.policies.table.open(0)
    dialog = desktop.dialog(PolicyDialog)
    rules = dialog.text.toPlainText()
    assert rules.startswith("Policy 2026.2, in force from ")
    assert "Intervention: none; Within: 2 months" in rules
    asked = Screen(desktop, dialog)
    asked.click("Changes from the policy in force")
    changes = dialog.text.toPlainText()
    assert "Within: 3 months" in changes
    assert "Within: 2 months" in changes
    asked.click("Save as YAML…")
    assert (desktop.folder / "Policy 2026.2.yaml").read_text(encoding="utf-8") == later


def test_the_one_in_force_is_not_compared_with_itself(desktop: Desktop) -> None:
    desktop.policies.go()
    desktop.policies.table.open(0)
    dialog = desktop.dialog(PolicyDialog)
    assert not dialog.parts.isVisible()
    assert "The bank holidays: England and Wales" in dialog.text.toPlainText()


def test_every_fault_of_a_file_is_listed_and_another_can_be_chosen(lead: Desktop) -> None:
    day = lead.services.desk.today()
    choose(lead, policy_text("2026.2", day, red_within(0), ("id: falls", "id: medicines")))
    faults = lead.dialog(PolicyFaultsDialog)
    assert "ours.yaml has 2 faults" in Screen(lead, faults).said[1]
    assert faults.faults.toPlainText().count("Line ") == 2
    assert isinstance(lead.files, AnswerFiles)
    assert lead.files.to_open is not None
    lead.files.to_open.write_text(policy_text("2026.2", day, red_within(2)), encoding="utf-8")
    Screen(lead, faults).click("Choose the file again…")
    asked = lead.dialog(PublishPolicyDialog)
    assert "Within: 2 months" in asked.changes.toPlainText()


def test_it_cannot_be_published_without_a_server_and_says_so(lead: Desktop) -> None:
    choose(lead, policy_text("2026.2", lead.services.desk.today(), red_within(2)))
    asked = lead.dialog(PublishPolicyDialog)
    Screen(lead, asked).click("Publish policy 2026.2")
    lead.until(lambda: "not connected" in asked.messages.text())
    assert [one.version for one in lead.services.policies.versions()] == ["2026.1"]


def test_an_officer_is_not_offered_it(desktop: Desktop) -> None:
    desktop.policies.go()
    assert "Publish a policy…" not in desktop.policies.buttons
    desktop.press("n", CTRL, SHIFT)
    desktop.policies.table.open(0)
    assert desktop.dialog(PolicyDialog).isVisible()
    assert shipped_text() == desktop.services.policies.text("2026.1")
