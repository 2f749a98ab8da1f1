"""The Qt binding keeps Python's references in order (docs/decisions/0007-pyside-below-6.12.md)."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

CALLS = 1000


def test_a_call_that_returns_nothing_costs_no_reference(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        button.setText("x")
    assert sys.getrefcount(None) > before - CALLS // 10
