"""A blind visit, by keys: nothing shows its outcome until the last answer does."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.support.desk.desks import FORM
from tests.support.forms.answers import best_answers
from tests.support.window.visit_screen import StartVisitScreen, texts
from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.find import FindDialog
from visitapp.ui.dialogs.visits.show_outcome import ShowOutcomeDialog

CTRL, ENTER, ESC = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return, Qt.Key.Key_Escape
LAST = "registered_manager"
HIDDEN = "The outcome is hidden until all questions are answered."
RAGS = ("Red", "Amber", "Green", "so far", "%")


def said(widget: QWidget) -> str:
    """Everything in a widget that is read or read out, but for what is out of view."""
    found = [widget, *widget.findChildren(QWidget)]
    names = [one.accessibleName() for one in found if not one.isHidden()]
    return "\n".join([*texts(widget), *names])


def tells(widget: QWidget) -> list[str]:
    return [rag for rag in RAGS if rag in said(widget)]


@pytest.fixture
def blind(desktop: Desktop, heather: str) -> str:
    """A blind visit of which one question is left, and that would be Red."""
    visits = desktop.services.visits
    visit = visits.start(heather, FORM, blind=True).id
    answers: dict[str, dict[str, Any]] = best_answers(visits.form(visit))
    answers["records_shown"] = {"value": "not_met", "note": "Two files could not be found."}
    del answers[LAST]
    visits.answer_all(visit, answers)
    return visit


def test_the_page_tells_nothing_until_the_last_answer(desktop: Desktop, blind: str) -> None:
    screen = desktop.open_visit(blind, LAST)
    page = desktop.visit.page
    assert HIDDEN in screen.panel_text
    assert tells(page.panel) == []
    assert tells(page.sidebar) == []
    assert "outcome hidden" in said(page.sidebar)
    desktop.press(ESC)
    desktop.press("1")
    assert page.sheet is not None
    asked = page.sheet.count_all()[1]
    assert f"All {asked} questions are answered." in screen.panel_text
    assert HIDDEN not in screen.panel_text
    assert screen.outcome == "red"
    assert page.panel.outcome.chip.isVisible()
    desktop.press("z", CTRL)
    assert page.sheet.answer(LAST).value is None
    assert screen.outcome == "red"


def test_the_review_the_list_and_the_finder_tell_nothing_either(
    desktop: Desktop, blind: str
) -> None:
    screen = desktop.open_visit(blind, LAST)
    desktop.press(ESC)
    review = screen.finish()
    assert HIDDEN in review.text
    assert [rag for rag in RAGS if rag in review.text] == []
    assert not review.can_sign
    desktop.press(ESC)
    desktop.press("k", CTRL)
    desktop.dialog(FindDialog)
    desktop.type("Heather annual")
    desktop.settle()
    assert "so far" not in said(desktop.dialog(FindDialog))
    desktop.press(ESC)
    desktop.visits.go()
    table = desktop.visits.table
    place = [row.id for row in table.rows].index(blind)
    assert table.cell(place, "Outcome").text == "Hidden until all is answered"


def test_a_visit_is_started_blind_by_keys(desktop: Desktop, heather: str) -> None:
    desktop.start_visit(heather)
    start = StartVisitScreen(desktop)
    start.tab_to("Hide the outcome until all is answered")
    desktop.press(Qt.Key.Key_Space)
    start.press("Start the visit")
    desktop.until(lambda: not start.is_open)
    [visit] = desktop.services.visits.list(status="draft")
    assert desktop.services.visits.view(visit.id).hidden


def test_one_key_hides_and_asks_before_it_shows(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id, LAST)
    desktop.press(ESC)
    desktop.press("1")
    assert HIDDEN not in screen.panel_text
    desktop.press("h", CTRL)
    assert HIDDEN in screen.panel_text
    assert desktop.services.visits.view(visit_id).answered_before == 1
    desktop.press("h", CTRL)
    asked = desktop.dialog(ShowOutcomeDialog)
    desktop.press(ESC)
    desktop.until(lambda: not asked.isVisible())
    assert HIDDEN in screen.panel_text
    desktop.press("h", CTRL)
    dialog = desktop.dialog(ShowOutcomeDialog)
    assert desktop.focus == "Show the outcome"
    desktop.press(ENTER)
    desktop.until(lambda: not dialog.isVisible())
    assert HIDDEN not in screen.panel_text
    assert not desktop.services.visits.view(visit_id).blind


def test_the_menu_offers_it_while_a_question_is_open(desktop: Desktop, visit_id: str) -> None:
    desktop.open_visit(visit_id)
    room = desktop.visit.page.room
    room.menu.aboutToShow.emit()
    offered = "Hide the outcome until all is answered\tCtrl H"
    assert offered in [one.text() for one in room.menu.actions()]
    visits = desktop.services.visits
    visits.answer_all(visit_id, best_answers(visits.form(visit_id)))
    desktop.refresh()
    room.menu.aboutToShow.emit()
    assert offered not in [one.text() for one in room.menu.actions()]
    desktop.press("h", CTRL)
    assert not visits.view(visit_id).blind
