"""The queue on screen: who, how long, why; filters; comments; second reviews; reports in bulk."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import signed_off_visit
from tests.support.directory.cqc import HEATHER, LARCH
from tests.support.window.screens import Screen
from tests.support.window.windows import Desktop
from visitapp.records import Role, Setting
from visitapp.services.services import Services
from visitapp.ui.dialogs.visits.comment import CommentDialog
from visitapp.ui.dialogs.visits.export_reports import ExportReportsDialog
from visitapp.ui.dialogs.visits.second_review import (
    AnswerSecondReviewDialog,
    AskSecondReviewDialog,
)
from visitapp.ui.shell.routes import Route

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
POOR = {"referrals": {"value": "not_met", "note": "None was made."}}


@pytest.fixture
def two(services: Services, visit_id: str) -> list[str]:
    """A Green visit of Ann's and a Red one of Bea's, which wait for the lead at this laptop beside
    one of June."""
    (larch,) = [r.setting_id for r in services.portfolio.rows() if r.name == LARCH.name]
    heather = services.visits.view(visit_id).summary.setting_id
    bring(services, ann=Role.OFFICER, bea=Role.OFFICER, lee=Role.LEAD, kim=Role.LEAD)
    with services.desk.database.applying() as session:
        for home in (heather, larch):
            session.get_one(Setting, home).team = "West"
    become(services, "ann")
    green = signed_off_visit(services, heather).summary.id
    become(services, "bea")
    red = signed_off_visit(services, larch, **POOR).summary.id
    become(services, "lee")
    return [green, red]


def listed(desktop: Desktop) -> list[str]:
    """The visits in the list, by their setting, in order."""
    names = (HEATHER.name, LARCH.name)
    return [n for b in desktop.review.buttons for n in names if b.startswith(n)]


def test_the_list_shows_who_waits_since_when_and_until_when(
    desktop: Desktop, two: list[str]
) -> None:
    desktop.window.go(Route("review"))
    assert listed(desktop) == [LARCH.name, HEATHER.name, HEATHER.name], "Red comes first"
    (red,) = [b for b in desktop.review.buttons if b.startswith(LARCH.name)]
    for part in ("Red", "Bea Doe", "waiting 0 days", "due Fri 27 Nov"):
        assert part in red
    assert "0 of 3 reviewed this week" in desktop.review.said


def test_filters_and_order_are_chosen_by_key_and_the_place_is_kept(
    desktop: Desktop, two: list[str]
) -> None:
    desktop.window.go(Route("review"))
    desktop.review.field(QComboBox, "Order").setFocus()
    desktop.press(Qt.Key.Key_Down)
    assert listed(desktop) == [HEATHER.name, HEATHER.name, LARCH.name], "by due date"
    desktop.review.field(QComboBox, "Officer").setFocus()
    desktop.press(Qt.Key.Key_Down)
    assert listed(desktop) == [HEATHER.name]
    desktop.review.field(QComboBox, "Outcome").setFocus()
    desktop.press(Qt.Key.Key_Down)
    assert listed(desktop) == []
    assert "No visit fits these filters." in desktop.review.said


def test_a_visit_opens_at_its_top_and_tab_takes_the_list_in_order(
    desktop: Desktop, two: list[str]
) -> None:
    desktop.window.resize(1090, 600)
    desktop.press("4", CTRL)
    bar = desktop.review.page.detail.verticalScrollBar()
    assert bar.maximum() > 0
    assert bar.value() == 0
    desktop.press(Qt.Key.Key_Backtab, SHIFT)
    assert desktop.focus == "Save these reports (PDF)…"
    for name in (LARCH.name, HEATHER.name, HEATHER.name, "Return with comments", "Approve"):
        desktop.press(Qt.Key.Key_Tab)
        assert desktop.focus.startswith(name)
    desktop.press(Qt.Key.Key_Backtab, SHIFT)
    bar.setValue(bar.maximum())
    desktop.press("1", CTRL)
    desktop.press("4", CTRL)
    assert bar.value() == 0, "it opens at its top again"
    bar.setValue(bar.maximum())
    desktop.press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert desktop.focus.startswith(HEATHER.name)
    assert bar.value() == 0


def test_the_filters_stay_in_their_place_when_nothing_matches(
    desktop: Desktop, two: list[str]
) -> None:
    desktop.window.go(Route("review"))
    outcome = desktop.review.field(QComboBox, "Outcome")
    place = outcome.mapTo(desktop.window, QPoint(0, 0))
    outcome.setFocus()
    desktop.press("a")
    assert outcome.currentText() == "Amber"
    assert listed(desktop) == []
    desktop.settle()
    assert outcome.mapTo(desktop.window, QPoint(0, 0)) == place
    assert outcome.hasFocus()


def test_only_a_filter_leaves_a_visit_out(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    desktop.window.go(Route("review"))
    desktop.review.click("Approve")
    desktop.refresh()
    assert "No visit fits these filters." not in desktop.review.said


def test_a_comment_is_read_and_answered_at_its_question(
    desktop: Desktop, two: list[str], services: Services
) -> None:
    red = two[1]
    desktop.window.go(Route("review", red))
    question = services.visits.form(red).questions["referrals"]
    desktop.review.click(f"Comment: {question.ask}")
    desktop.dialog(CommentDialog)
    desktop.type("Which referral was this?")
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert any("Which referral was this?" in text for text in desktop.review.said)
    become(services, "bea")
    desktop.window.go(Route("visit", red))
    desktop.press("m", CTRL, SHIFT)
    assert desktop.focus.startswith(question.number)
    desktop.press("m", CTRL)
    desktop.dialog(CommentDialog)
    desktop.type("That of 2 October")
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert [one.text for one in services.comments.of_visit(red)] == [
        "Which referral was this?",
        "That of 2 October",
    ]


def test_a_second_reviewer_is_asked_and_agrees(
    desktop: Desktop, two: list[str], services: Services
) -> None:
    red = two[1]
    desktop.window.go(Route("review", red))
    desktop.press("r", CTRL, SHIFT)
    desktop.dialog(AskSecondReviewDialog)
    desktop.press(Qt.Key.Key_Return)
    assert not desktop.review.offers("Approve")
    assert desktop.review.offers("Return with comments")
    assert any("has not agreed yet" in text for text in desktop.review.said)
    desktop.until(lambda: desktop.focus.startswith("Larch Nursing Home"))
    desktop.press("b", CTRL)
    assert desktop.dialog_title == "Return with comments"
    desktop.press(Qt.Key.Key_Escape)
    become(services, "kim")
    desktop.refresh()
    desktop.review.click("Agree…: Kim Doe")
    Screen(desktop, desktop.dialog(AnswerSecondReviewDialog)).click("Save")
    become(services, "lee")
    desktop.refresh()
    assert desktop.review.offers("Approve")


def test_the_reports_in_the_list_are_saved_into_one_folder(
    desktop: Desktop, two: list[str]
) -> None:
    desktop.window.go(Route("review"))
    desktop.review.click("Save these reports (PDF)…")
    dialog = desktop.dialog(ExportReportsDialog)
    screen = Screen(desktop, dialog)
    screen.click("Choose the folder…")
    screen.click("Save reports")
    desktop.until(lambda: len(list(desktop.folder.glob("*.pdf"))) == 3)


def test_the_side_counts_reviews_for_those_who_can_review(
    desktop: Desktop, services: Services, two: list[str]
) -> None:
    desktop.window.go(Route("review"))
    button = desktop.window.navigation.buttons["review"]
    desktop.until(lambda: button.accessibleName() == "Review, 3")
    become(services, "bea")
    desktop.window.go(Route("review"))
    desktop.until(lambda: button.accessibleName() == "Review")
