"""Figures by keys: no digit is dropped without a word, and Enter goes through every figure."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.support.window.visit_screen import ActionScreen, VisitScreen
from tests.support.window.windows import Desktop
from visitapp.services.services import Services
from visitapp.ui.widgets.rag_chip import RagChip

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
PERCENT, NUMBER, SAMPLE, PEOPLE = "agency_use", "fire_drills", "audit_findings_closed", "spoken_to"
FINDING = "registered_manager"


def value(services: Services, visit_id: str, question: str) -> object:
    return services.visits.view(visit_id).answers[question].value


def hint(screen: VisitScreen, question: str) -> bool:
    """Whether the card says how its answer is changed."""
    found = screen.card(question).editor.findChildren(QLabel)
    return any(one.text() == "Enter to change" and one.isVisible() for one in found)


def chips(screen: VisitScreen, question: str) -> list[str]:
    """What the answer is said to come to."""
    found = screen.card(question).editor.findChildren(RagChip)
    return [one.text() for one in found if one.isVisible()]


def test_the_way_back_to_what_cannot_be_saved_puts_the_caret_in_it(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id, PERCENT)
    desktop.type("250")
    desktop.press("j")
    desktop.press("k")
    assert (screen.current, screen.caret[0]) == (PERCENT, "250")
    desktop.type("12")
    desktop.press(ENTER)
    assert screen.current != PERCENT
    assert value(services, visit_id, PERCENT) == 12


def test_a_digit_on_a_figure_that_is_saved_says_how_it_is_changed(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    services.visits.answer(visit_id, PERCENT, value=4)
    screen = desktop.open_visit(visit_id, PERCENT)
    desktop.settle()
    assert hint(screen, PERCENT)
    desktop.press("1")
    assert "To type the answer to 2.7, press Enter first." in desktop.toast
    assert value(services, visit_id, PERCENT) == 4
    desktop.press(ENTER)
    assert not hint(screen, PERCENT)
    desktop.type("12")
    desktop.press(ENTER)
    assert value(services, visit_id, PERCENT) == 12


def test_a_figure_that_was_set_aside_says_so_too(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    services.visits.answer(visit_id, SAMPLE, value="not_checked", reason="No time.")
    screen = desktop.open_visit(visit_id, SAMPLE)
    desktop.settle()
    assert hint(screen, SAMPLE)
    desktop.press("5")
    assert "press Enter first" in desktop.toast


def test_enter_goes_through_every_figure_of_a_card(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id, PEOPLE)
    for digit in "6231":
        assert screen.current == PEOPLE
        desktop.type(digit)
        desktop.press(ENTER)
    assert screen.current != PEOPLE
    assert screen.figures(PEOPLE) == ["6", "2", "3", "1"]
    given = value(services, visit_id, PEOPLE)
    assert isinstance(given, dict)
    assert sorted(given.values()) == [1, 2, 3, 6]


def test_a_figure_of_a_card_may_be_left_empty(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id, PEOPLE)
    desktop.type("6")
    for _ in range(4):
        assert screen.current == PEOPLE
        desktop.press(ENTER)
    assert screen.current != PEOPLE
    given = value(services, visit_id, PEOPLE)
    assert isinstance(given, dict)
    assert list(given.values()) == [6]


def test_nothing_is_rated_beside_a_figure_that_cannot_be_saved(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id, PERCENT)
    desktop.type("11")
    desktop.press(ENTER)
    shown = chips(screen, PERCENT)
    assert len(shown) == 1
    desktop.press("k")
    desktop.press(ENTER)
    desktop.type("111")
    assert chips(screen, PERCENT) == []
    desktop.press(Qt.Key.Key_Backspace)
    assert chips(screen, PERCENT) == shown
    desktop.press(ESC)
    assert value(services, visit_id, PERCENT) == 11


def test_no_percentage_is_shown_beside_a_sample_that_cannot_be_saved(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    services.visits.answer(visit_id, SAMPLE, checked=5, met=5)
    screen = desktop.open_visit(visit_id, SAMPLE)
    desktop.settle()
    assert "100%" in screen.text(SAMPLE)
    desktop.press(ENTER)
    desktop.type("4")
    assert chips(screen, SAMPLE) == []
    labels = screen.card(SAMPLE).editor.findChildren(QLabel)
    assert not [one for one in labels if one.text() == "100%" and one.isVisible()]


def test_u_twice_stays_at_the_question(desktop: Desktop, services: Services, visit_id: str) -> None:
    services.visits.answer(visit_id, "regulator_notified", checked=5, met=5)
    screen = desktop.open_visit(visit_id, "regulator_notified")
    for _ in range(2):
        desktop.press("u")
        desktop.press("u")
        assert screen.current == "regulator_notified"
    desktop.press("u")
    there = screen.current
    assert there != "regulator_notified"
    desktop.press("k")
    here = screen.current
    assert here != there
    desktop.press("u")
    assert screen.current == here


def test_tab_stops_at_the_action_of_a_card_and_enter_opens_it(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    services.visits.answer(visit_id, FINDING, value="not_met", note="Nobody is in charge.")
    services.actions.add_suggested(visit_id, [FINDING])
    screen = desktop.open_visit(visit_id, FINDING)
    for _ in range(20):
        if desktop.focus.startswith("Action: "):
            break
        desktop.press(TAB)
    assert screen.focus_is_on_a_card
    assert desktop.focus.startswith("Action: ")
    desktop.press(ENTER)
    assert ActionScreen(desktop).is_open
