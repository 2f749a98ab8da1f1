"""Legal holds on the page of a setting."""

from __future__ import annotations

from tests.support.desk.colleagues import become, bring
from tests.support.window.screens import Screen
from tests.support.window.windows import Desktop
from visitapp.records import Role
from visitapp.ui.dialogs.settings.legal_hold import LiftHoldDialog, SetHoldDialog


def test_a_lead_sets_a_hold_and_lifts_it(desktop: Desktop, heather: str) -> None:
    bring(desktop.services, lee=Role.LEAD)
    become(desktop.services, "lee")
    desktop.setting.go(heather)
    desktop.setting.click("Set a legal hold…")
    dialog = desktop.dialog(SetHoldDialog)
    Screen(desktop, dialog).click("Set the hold")
    assert "Give the reason" in dialog.messages.text()
    dialog.reason.setFocus()
    desktop.type("A claim was made.")
    Screen(desktop, dialog).click("Set the hold")
    (hold,) = desktop.services.legal_holds.of_setting(heather)
    assert hold.reason == "A claim was made."
    assert any("A claim was made." in text for text in desktop.setting.said)
    desktop.setting.click(f"Lift the hold on {hold.name}")
    dialog_ = desktop.dialog(LiftHoldDialog)
    dialog_.reason.setFocus()
    desktop.type("It was settled.")
    Screen(desktop, dialog_).click("Lift the hold")
    assert desktop.services.legal_holds.list() == []
    assert not desktop.setting.offers(f"Lift the hold on {hold.name}")
    desktop.until(lambda: desktop.focus == "Set a legal hold…")


def test_an_officer_sees_no_holds(desktop: Desktop, heather: str) -> None:
    desktop.setting.go(heather)
    assert not desktop.setting.offers("Set a legal hold…")
