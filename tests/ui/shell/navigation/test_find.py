"""Ctrl K finds a record, a page or a command from anywhere, by a few letters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.support.desk.colleagues import become, bring
from tests.support.window.every_screen import Busy
from tests.support.window.screens import said
from tests.support.window.windows import Desktop
from visitapp.records import Role
from visitapp.ui.dialogs.find import FindDialog
from visitapp.ui.dialogs.visits.discard_visit import DiscardVisitDialog

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER, DOWN, ESC = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape


class Finder:
    """The person at the finder."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        desktop.press("k", CTRL)
        self.dialog = desktop.dialog(FindDialog)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What it is and what it is called, of each line, once all is read."""
        self.desktop.until(lambda: "Reading what is on this laptop…" not in said(self.dialog))
        return [(one.what, one.title) for one in self.dialog.table.rows.rows]


@pytest.mark.parametrize("page", ["visits", "visit", "setting"])
def test_a_setting_is_opened_from_anywhere(desktop: Desktop, busy: Busy, page: str) -> None:
    if page == "visits":
        desktop.press("2", CTRL)
    elif page == "visit":
        desktop.open_visit(busy.visit)
    else:
        desktop.setting.go(busy.setting)
    Finder(desktop)
    desktop.type("larc")
    desktop.press(ENTER)
    desktop.until(
        lambda: desktop.shown == "Setting" and "Larch Nursing Home" in desktop.setting.said
    )


def test_enter_pressed_before_all_is_read_opens_the_best_of_all(
    desktop: Desktop, busy: Busy
) -> None:
    Finder(desktop)
    desktop.type("heather")
    desktop.press(ENTER)
    desktop.until(lambda: desktop.shown == "Setting")
    assert "Heather Bank" in desktop.setting.said


def test_what_is_typed_on_a_visit_is_kept_and_alt_left_goes_back_to_it(
    desktop: Desktop, busy: Busy
) -> None:
    desktop.open_visit(busy.visit, "registered_manager")
    desktop.press("n")
    desktop.type("Half a sent")
    Finder(desktop)
    desktop.type("larch")
    desktop.press(ENTER)
    desktop.until(lambda: desktop.shown == "Setting")
    answer = desktop.services.visits.view(busy.visit).answers["registered_manager"]
    assert "Half a sent" in str(answer)
    desktop.press(Qt.Key.Key_Left, ALT)
    assert desktop.shown == "Visit"


def test_esc_leaves_everything_as_it_was(desktop: Desktop, busy: Busy) -> None:
    desktop.open_visit(busy.visit)
    before = desktop.focus
    finder = Finder(desktop)
    desktop.type("larch")
    desktop.press(ESC)
    assert not finder.dialog.isVisible()
    assert (desktop.shown, desktop.focus) == ("Visit", before)


def test_the_arrows_choose_while_the_caret_stays(desktop: Desktop, busy: Busy) -> None:
    finder = Finder(desktop)
    desktop.type("heather")
    lines = finder.lines
    assert lines[0] == ("setting", "Heather Bank")
    assert lines[1][0] == "visit"
    desktop.press(DOWN)
    assert desktop.focus == "Find anything"
    desktop.press(ENTER)
    assert desktop.shown == "Visit"


def test_an_action_opens_its_dialog(desktop: Desktop, busy: Busy) -> None:
    action = desktop.services.actions.list()[0]
    finder = Finder(desktop)
    desktop.type(action.title[:12])
    assert ("action", action.title) in finder.lines
    desktop.press(ENTER)
    assert action.title in desktop.dialog_title or desktop.dialog_title


def test_a_page_and_a_command_are_found_with_their_keys(desktop: Desktop, busy: Busy) -> None:
    finder = Finder(desktop)
    desktop.type("visits")
    assert finder.lines[0] == ("page", "Visits")
    assert "Key Ctrl 2" in finder.dialog.table.rows.rows[0].details
    desktop.press(ENTER)
    assert desktop.shown == "Visits"
    finder = Finder(desktop)
    desktop.type("log a conc")
    assert finder.lines == [("command", "Log a concern")]
    desktop.press(ENTER)
    assert desktop.dialog_title == "Log a concern"


def test_what_the_page_offers_comes_first_while_nothing_is_typed(
    desktop: Desktop, busy: Busy
) -> None:
    desktop.open_portfolio()
    finder = Finder(desktop)
    lines = finder.lines
    assert lines[0][0] == "on this page"
    assert ("page", "Today") in lines
    assert any(text.startswith("Finds ") for text in said(finder.dialog)), "it teaches"


def test_nothing_found_says_so_and_enter_does_nothing(desktop: Desktop, busy: Busy) -> None:
    finder = Finder(desktop)
    desktop.type("zzyzx")
    assert finder.lines == []
    assert "Nothing on this laptop is called that. Try fewer letters." in said(finder.dialog)
    desktop.press(ENTER)
    assert finder.dialog.isVisible()


def test_a_viewer_is_offered_no_visits_and_nothing_to_add(desktop: Desktop, busy: Busy) -> None:
    bring(desktop.services, vera=Role.VIEWER)
    become(desktop.services, "vera")
    finder = Finder(desktop)
    lines = finder.lines
    assert ("page", "Portfolio") in lines
    assert ("page", "Actions") not in lines
    assert not any(title.startswith(("Add ", "Log ", "Start ")) for _, title in lines)
    desktop.type("heather")
    assert {what for what, _ in finder.lines} == {"setting"}


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("discard", "Discard this visit…"),
        ("photos folder", "Photos folder…"),
        ("print the report", "Print the report…"),
        ("edit visit", "Edit visit details"),
    ],
)
def test_what_a_visit_offers_in_its_menu_and_at_its_side_is_found(
    desktop: Desktop, visit_id: str, typed: str, title: str
) -> None:
    desktop.open_visit(visit_id)
    finder = Finder(desktop)
    desktop.type(typed)
    assert ("on this page", title) in finder.lines
    finder.dialog.reject()
    desktop.open_portfolio()
    finder = Finder(desktop)
    desktop.type(typed)
    assert ("on this page", title) not in finder.lines


def test_discard_is_done_from_the_finder(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    finder = Finder(desktop)
    desktop.type("discard this")
    assert finder.lines[0] == ("on this page", "Discard this visit…")
    desktop.press(ENTER)
    assert desktop.dialog(DiscardVisitDialog).isVisible()
