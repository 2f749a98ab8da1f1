"""Approving by mouse and keys: once, with a way back, and the next visit only when asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, signed_off_visit
from tests.support.directory.cqc import LARCH
from tests.support.window.screens import Screen, visible
from tests.support.window.windows import Desktop
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.storage.holding import HOLD
from visitapp.ui.dialogs.visits.return_visit import ReturnDialog
from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.segmented import KEY_SHARE, KeyButton

CTRL = Qt.KeyboardModifier.ControlModifier
COMMENT = "Comment with the approval (optional)"


@pytest.fixture
def two(services: Services, visit_id: str) -> list[str]:
    """Two visits that wait for the team lead at this laptop, the first one first."""
    (larch,) = [r.setting_id for r in services.portfolio.rows() if r.name == LARCH.name]
    heather = services.visits.view(visit_id).summary.setting_id
    waiting = [signed_off_visit(services, home).summary.id for home in (heather, larch)]
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    return [one.visit.id for one in services.reviews.queue().waiting if one.visit.id in waiting]


def statuses(desktop: Desktop, visits: list[str]) -> list[str]:
    return [desktop.services.visits.view(visit).summary.status for visit in visits]


def approve_by_keys(desktop: Desktop, visit: str, comment: str = "") -> None:
    """Go to a visit, type a comment, and press Approve."""
    desktop.window.go(Route("review", visit))
    desktop.settle()
    desktop.review.field(QLineEdit, COMMENT).setFocus()
    desktop.type(comment)
    visible(desktop.window, QAbstractButton, "Approve").setFocus()
    desktop.press(Qt.Key.Key_Return)


def test_a_double_click_approves_one_visit(desktop: Desktop, two: list[str]) -> None:
    desktop.window.go(Route("review", two[0]))
    desktop.settle()
    desktop.wake()
    approve = visible(desktop.window, QAbstractButton, "Approve")
    window = desktop.window.windowHandle()
    place = approve.mapTo(desktop.window, QPoint(approve.width() // 2, approve.height() // 2))
    QTest.mouseDClick(window, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=place)
    desktop.settle()
    assert statuses(desktop, two) == ["approved", "signed_off"]
    assert desktop.focus == "Undo"


def test_the_approved_visit_stays_until_the_next_is_asked_for(
    desktop: Desktop, two: list[str]
) -> None:
    first, second = (desktop.services.visits.view(visit).setting_name for visit in two)
    approve_by_keys(desktop, two[0])
    assert any(text.startswith(first) for text in desktop.review.detail)
    desktop.refresh()
    assert any(text.startswith(first) for text in desktop.review.detail), (
        "nor does a sync open the next"
    )
    assert desktop.focus == "Undo"
    desktop.press(Qt.Key.Key_Tab)
    assert desktop.focus == "Next visit"
    desktop.press(Qt.Key.Key_Return)
    assert any(text.startswith(second) for text in desktop.review.detail)
    desktop.press(Qt.Key.Key_Return)
    assert statuses(desktop, two) == ["approved", "signed_off"]


def test_a_key_held_down_neither_undoes_nor_approves_again(
    desktop: Desktop, two: list[str]
) -> None:
    approve_by_keys(desktop, two[0])
    held = QKeyEvent(
        QKeyEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True
    )
    focused = QApplication.focusWidget()
    assert focused is not None
    QApplication.sendEvent(focused, held)
    assert statuses(desktop, two) == ["approved", "signed_off"]


def test_undo_by_key_brings_the_visit_and_the_comment_back(
    desktop: Desktop, two: list[str]
) -> None:
    approve_by_keys(desktop, two[0], "Thorough.")
    assert [r.comment for r in desktop.services.visits.view(two[0]).reviews] == ["Thorough."]
    desktop.press(Qt.Key.Key_Return)
    view = desktop.services.visits.view(two[0])
    assert (view.summary.status, view.reviews) == ("signed_off", [])
    assert desktop.focus == COMMENT
    assert desktop.review.field(QLineEdit, COMMENT).text() == "Thorough."
    assert desktop.review.offers("Approve")


def test_after_the_time_the_visit_can_be_reopened_with_a_reason(
    desktop: Desktop, two: list[str], clock: Clock
) -> None:
    approve_by_keys(desktop, two[0])
    assert not desktop.review.offers("Reopen with a reason")
    clock.now += HOLD
    desktop.refresh()
    assert desktop.focus == "Next visit"
    assert not desktop.review.offers("Undo")
    assert any("can no longer be undone" in text for text in desktop.review.said)
    desktop.review.click("Reopen with a reason")
    dialog = desktop.dialog(ReturnDialog)
    assert (dialog.windowTitle(), dialog.primary.text()) == (
        "Reopen with a reason",
        "Reopen the visit",
    )
    desktop.type("4.3 has no action.")
    Screen(desktop, dialog).click("Reopen the visit")
    assert statuses(desktop, two) == ["returned", "signed_off"]
    assert "This visit is with its officer." in desktop.review.said


def test_the_search_finds_an_approved_visit_to_reopen(
    desktop: Desktop, two: list[str], services: Services
) -> None:
    name = LARCH.name
    (visit,) = [v for v in two if services.visits.view(v).setting_name == name]
    services.reviews.approve(visit, at_once=True)
    desktop.window.go(Route("review"))
    assert not any(button.startswith(name) for button in desktop.review.buttons)
    desktop.press("F", Qt.KeyboardModifier.ControlModifier)
    desktop.type(name)
    (found,) = [button for button in desktop.review.buttons if button.startswith(name)]
    assert "Approved" in found
    desktop.review.click(found)
    assert desktop.review.offers("Reopen with a reason")
    assert not desktop.review.offers("Approve")


def test_each_visit_keeps_its_own_typed_comment(desktop: Desktop, two: list[str]) -> None:
    desktop.window.go(Route("review", two[0]))
    desktop.review.field(QLineEdit, COMMENT).setFocus()
    desktop.type("Thorough.")
    desktop.window.go(Route("review", two[1]))
    assert desktop.review.field(QLineEdit, COMMENT).text() == ""
    desktop.window.go(Route("review", two[0]))
    assert desktop.review.field(QLineEdit, COMMENT).text() == "Thorough."


def test_the_screen_promises_nothing_that_does_not_happen(desktop: Desktop, two: list[str]) -> None:
    desktop.window.go(Route("review", two[0]))
    shown = " ".join([*desktop.review.said, *desktop.review.buttons])
    assert "will be told" not in shown
    assert "issue" not in shown


def test_a_key_approves_and_takes_back_the_visit_in_view_alone(
    desktop: Desktop, two: list[str]
) -> None:
    desktop.window.go(Route("review", two[0]))
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert statuses(desktop, two) == ["approved", "signed_off"]
    assert desktop.focus == "Undo"
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert statuses(desktop, two) == ["approved", "signed_off"], "a second press does nothing"
    desktop.press("z", CTRL)
    assert statuses(desktop, two) == ["signed_off", "signed_off"]
    assert desktop.focus == COMMENT


def test_a_key_returns_and_reopens_the_visit_in_view(
    desktop: Desktop, two: list[str], clock: Clock
) -> None:
    desktop.window.go(Route("review", two[0]))
    desktop.press("b", CTRL)
    assert desktop.dialog(ReturnDialog).isVisible()
    desktop.press(Qt.Key.Key_Escape)
    desktop.press(Qt.Key.Key_Return, CTRL)
    clock.now += HOLD
    desktop.refresh()
    desktop.press("b", CTRL, Qt.KeyboardModifier.ShiftModifier)
    desktop.dialog(ReturnDialog)
    desktop.type("4.3 has no action.")
    desktop.press(Qt.Key.Key_Tab)
    desktop.press(Qt.Key.Key_Tab)
    desktop.press(Qt.Key.Key_Return)
    assert statuses(desktop, two) == ["returned", "signed_off"]


def test_a_key_opens_every_answer_and_one_the_report(desktop: Desktop, two: list[str]) -> None:
    desktop.window.go(Route("review", two[0]))
    desktop.press("p", CTRL)
    desktop.until(lambda: any(desktop.folder.rglob("*.pdf")))
    desktop.press("o", CTRL)
    assert desktop.shown == "Visit"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Approve", "Ctrl Enter"),
        ("Return with comments", "Ctrl B"),
        ("Read every answer", "Ctrl O"),
        ("Report (PDF)", "Ctrl P"),
    ],
)
def test_each_action_shows_its_key_in_place(
    desktop: Desktop, two: list[str], name: str, key: str
) -> None:
    desktop.window.go(Route("review", two[0]))
    shown = desktop.review.field(QAbstractButton, name)
    assert f"Key {key}" in shown.toolTip()
    assert f"Key {key}" in shown.accessibleDescription()


def test_the_keys_go_through_the_visits_and_decide_on_none(
    desktop: Desktop, two: list[str]
) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    first, second = (desktop.services.visits.view(visit).setting_name for visit in two)
    desktop.window.go(Route("review", two[0]))
    assert desktop.focus.startswith(first), "the list has the focus, where Enter decides nothing"
    desktop.press(Qt.Key.Key_Down, alt)
    assert any(text.startswith(second) for text in desktop.review.detail)
    desktop.press(Qt.Key.Key_Up, alt)
    assert any(text.startswith(first) for text in desktop.review.detail)
    assert statuses(desktop, two) == ["signed_off", "signed_off"]


def test_the_next_visit_has_a_key_and_shows_it(desktop: Desktop, two: list[str]) -> None:
    approve_by_keys(desktop, two[0])
    second = desktop.services.visits.view(two[1]).setting_name
    following = desktop.review.field(KeyButton, "Next visit")
    words = following.fontMetrics()
    beside = (following.width() - words.horizontalAdvance(following.text())) // 2
    assert beside > KEY_SHARE * words.horizontalAdvance(following.keys.shown), "the key is beside"
    assert following.keys.shown == "Alt \u2193"
    desktop.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert any(text.startswith(second) for text in desktop.review.detail)
    assert statuses(desktop, two) == ["approved", "signed_off"]


def test_the_list_keeps_the_focus_when_it_is_read_again(
    desktop: Desktop, two: list[str], services: Services
) -> None:
    desktop.window.go(Route("review", two[0]))
    first = services.visits.view(two[0]).setting_name
    assert desktop.focus.startswith(first)
    services.reviews.approve(two[1], at_once=True)
    desktop.refresh()
    assert not any(button.startswith(LARCH.name) for button in desktop.review.buttons)
    assert desktop.focus.startswith(first)
