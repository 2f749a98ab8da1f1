"""A first password is changed for one's own while connecting, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget

from tests.support.terminal.commands import Council
from tests.support.window.misfits import misfits
from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.sync.connect import ConnectDialog
from visitapp.ui.shell.routes import Route

GIVEN, CHOSEN = "given by an administrator", "quiet lamps under the river"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    council = Council(f"sqlite:///{tmp_path / 'server.db'}")
    council.admin("users", "add", "ann", "--role", "officer", "--password-stdin", stdin=GIVEN)
    with council.serving() as address:
        yield address


def connecting(desktop: Desktop, server: str) -> ConnectDialog:
    desktop.window.go(Route("sync"))
    desktop.sync.click("Connect to a server")
    dialog = desktop.dialog(ConnectDialog)
    dialog.server.setText(server)
    desktop.until(dialog.isActiveWindow)
    dialog.name.setFocus()
    desktop.until(dialog.name.hasFocus)
    desktop.type("Ann")
    desktop.press(Qt.Key.Key_Tab)
    desktop.type(GIVEN)
    return dialog


def test_a_password_from_somebody_else_asks_for_ones_own(desktop: Desktop, server: str) -> None:
    dialog = connecting(desktop, server)
    assert not dialog.chosen.isVisible()
    desktop.press(Qt.Key.Key_Return)
    desktop.until(dialog.chosen.isVisible)
    assert "Choose a password of your own" in dialog.messages.text()
    desktop.until(dialog.chosen.hasFocus)
    desktop.type(CHOSEN)
    desktop.press(Qt.Key.Key_Tab)
    desktop.type(CHOSEN + "!")
    desktop.press(Qt.Key.Key_Return)
    assert "differ" in dialog.messages.text()
    desktop.press(Qt.Key.Key_Backspace)
    desktop.press(Qt.Key.Key_Return)
    desktop.until(lambda: desktop.services.connection.state().connected)


def test_a_weak_one_is_refused_where_it_was_typed(desktop: Desktop, server: str) -> None:
    dialog = connecting(desktop, server)
    desktop.click(dialog.change)
    desktop.type("password1234")
    desktop.press(Qt.Key.Key_Tab)
    desktop.type("password1234")
    desktop.press(Qt.Key.Key_Return)
    desktop.until(lambda: "easy to guess" in dialog.messages.text())
    assert not desktop.services.connection.state().connected
    assert dialog.primary.isEnabled()
    assert dialog.chosen.hasFocus()
    assert dialog.chosen.hasSelectedText()


def test_a_wrong_password_is_typed_over(desktop: Desktop, server: str) -> None:
    dialog = connecting(desktop, server)
    desktop.type(" or not")
    desktop.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desktop.until(lambda: "password is wrong" in dialog.messages.text())
    assert desktop.focus == "Password"
    assert misfits(dialog) == [], "the message makes room for itself"
    desktop.type(GIVEN)
    assert dialog.password.text() == GIVEN
    desktop.press(Qt.Key.Key_Return)
    desktop.until(dialog.chosen.isVisible)


def test_both_fields_of_a_new_password_are_in_view_on_a_low_screen(
    desktop: Desktop, server: str
) -> None:
    dialog = connecting(desktop, server)
    dialog.setFixedHeight(420)
    desktop.press(Qt.Key.Key_Return)
    desktop.until(dialog.chosen.hasFocus)
    view = dialog.body.viewport()

    def in_view(field: QWidget) -> bool:
        return view.rect().contains(QRect(field.mapTo(view, QPoint(0, 0)), field.size()))

    desktop.until(lambda: in_view(dialog.chosen) and in_view(dialog.again))
    assert dialog.body.verticalScrollBar().maximum() > 0


def test_a_refused_address_takes_the_caret_back_to_it(desktop: Desktop) -> None:
    dialog = connecting(desktop, "visits.council")
    desktop.press(Qt.Key.Key_Return)
    desktop.until(lambda: "not the address of a server" in dialog.messages.text())
    assert desktop.focus == "Address of the server"
    assert dialog.server.selectedText() == "visits.council"
