"""After a crash the next start says what was kept, and offers to go on."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.support.window.windows import Desktop
from visitapp.services.after_crash import MARK
from visitapp.services.services import Services
from visitapp.ui.shell.problems import say_what_was_kept


def test_a_window_that_ended_leaves_no_mark(services: Services) -> None:
    after = services.after_crash
    assert not after.begin()
    assert after.begin(), "the one before did not end"
    after.end()
    assert not after.begin()
    assert MARK == "window.open"


def test_it_says_how_much_of_the_visit_is_there_and_goes_on_by_one_key(
    desktop: Desktop, visit_id: str
) -> None:
    for question in ("registered_manager", "provider_oversight"):
        desktop.services.visits.answer(visit_id, question, value="met")
    say_what_was_kept(desktop.services.after_crash, desktop.window.warning, desktop.window.go)
    said = desktop.window.warning.text()
    assert said.startswith("Visitapp did not close properly.")
    assert "The visit of Heather Bank has 2 answers." in said
    desktop.press(Qt.Key.Key_Return)
    assert desktop.shown == "Visit"
    assert not desktop.window.warning.isVisible()


def test_without_an_open_visit_it_says_that_all_is_here(desktop: Desktop) -> None:
    say_what_was_kept(desktop.services.after_crash, desktop.window.warning, desktop.window.go)
    assert "shown as saved is here" in desktop.window.warning.text()
