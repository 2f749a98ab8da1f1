"""A refusal leads to the field that it names: dialogs are agreed to as they open, with nothing
filled in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.support.desk.colleagues import become, bring
from tests.support.window.every_screen import Busy, open_dialog
from tests.support.window.windows import Desktop
from visitapp.ui.widgets.focus import FIELDS

ASKS = {
    "CloseSettingDialog": "reason",
    "SetHoldDialog": "reason",
    "WithdrawDocumentDialog": "reason",
    "EditProviderDialog": "name",
    "ContactDialog": "role",
    "ContractStepDialog": "day",
    "UpdateDialog": "text",
    "FactDialog": "source",
    "OverrideDialog": "reason",
    "WithdrawExceptionDialog": "reason",
    "CancelPlannedDialog": "reason",
}
"""Dialogs that refuse to be agreed to empty, with the field that they then ask for."""


ROLES = {"CloseSettingDialog": "admin", "SetHoldDialog": "lead", "ContractStepDialog": "admin"}


@pytest.mark.parametrize("name", ASKS)
def test_a_refusal_leads_to_its_field(desktop: Desktop, busy: Busy, name: str) -> None:
    if name in ROLES:
        bring(desktop.services, lee=ROLES[name])
        become(desktop.services, "lee")
    dialog = open_dialog(name, desktop, busy)
    desktop.until(lambda: QApplication.activeWindow() is dialog)
    dialog.primary.setFocus()
    desktop.press(Qt.Key.Key_Return)
    said = dialog.messages.text()
    assert said
    focused = QApplication.focusWidget()
    assert isinstance(focused, FIELDS), f"“{said}” leads to {desktop.focus}"
    field = dialog.by_name.get(ASKS[name]) or getattr(dialog, ASKS[name])
    assert focused is field or focused is field.focusProxy()
