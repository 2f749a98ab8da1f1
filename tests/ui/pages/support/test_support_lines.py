"""Referring a theme for support and following it, by keys."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.support.window.windows import Desktop
from visitapp.services.concerns.views import NewConcern
from visitapp.ui.dialogs.support.refer import ReferSupportDialog
from visitapp.ui.dialogs.support.referral import SupportDialog

REFER = "Refer it for support…"
CTRL = Qt.KeyboardModifier.ControlModifier


def offered(desktop: Desktop) -> list[str]:
    """The texts of the buttons in view."""
    buttons = desktop.window.page().findChildren(QPushButton)
    return [one.text() for one in buttons if one.isVisible()]


def a_cluster(desktop: Desktop, setting: str) -> None:
    for n in range(3):
        desktop.services.concerns.log(
            NewConcern(
                setting_id=setting,
                kind="poor_practice",
                title="Doses signed, not given",
                severity="2",
                source="family",
                themes=["medicines"],
                received_at=desktop.services.desk.clock() - timedelta(days=n),
            )
        )


def test_a_cluster_is_referred_and_followed_by_keys(desktop: Desktop, heather: str) -> None:
    a_cluster(desktop, heather)
    desktop.concerns.go()
    for _ in range(40):
        if desktop.focus.startswith("Refer for support: A cluster: 3 concerns"):
            break
        desktop.press(Qt.Key.Key_Tab)
    desktop.press(Qt.Key.Key_Space)
    dialog = desktop.dialog(ReferSupportDialog)
    assert desktop.focus == "Theme"
    assert (dialog.theme.currentData(), dialog.setting.currentData()) == ("medicines", heather)
    desktop.press(Qt.Key.Key_Return)
    assert "Say who is asked for support" in dialog.messages.text()
    desktop.type("Skills for Homes")
    desktop.press(Qt.Key.Key_Return)
    (one,) = desktop.services.support.list()
    assert (one.partner, one.theme, one.effect.before) == ("Skills for Homes", "medicines", 2)
    assert "Referred 1 setting." in desktop.toast
    desktop.window.dialogs.support.show(one.id)
    followed = desktop.dialog(SupportDialog)
    assert desktop.focus == "What happened"
    desktop.press(Qt.Key.Key_Tab)
    assert desktop.focus == "What is offered"
    desktop.type("Two sessions with a pharmacist")
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert not followed.isVisible()
    assert desktop.services.support.view(one.id).status == "offered"


def test_a_cluster_that_is_referred_shows_the_referral_until_it_has_ended(
    desktop: Desktop, heather: str
) -> None:
    a_cluster(desktop, heather)
    support, page = desktop.services.support, desktop.concerns
    (one,) = support.refer([heather], "medicines", "Skills for Homes")
    page.go()
    assert REFER not in offered(desktop)
    shown = "Medicines: asked for 22 Nov 2026, Skills for Homes"
    page.click(f"Referred: {shown}")
    assert desktop.dialog(SupportDialog).isVisible()
    desktop.press(Qt.Key.Key_Escape)
    support.move(one.id, "declined", text="No trainer before March")
    desktop.refresh()
    desktop.settle()
    assert REFER in offered(desktop)
    assert shown not in offered(desktop)
