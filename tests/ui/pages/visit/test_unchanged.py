"""One key confirms what the last visit recorded, and one marks good practice."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from tests.support.window.windows import Desktop

CTRL = Qt.KeyboardModifier.ControlModifier
JUNE = date(2026, 6, 1)


def test_one_key_confirms_and_goes_on(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("g")
    first = screen.current
    desktop.press("=")
    assert screen.current != first
    answer = desktop.services.visits.view(visit_id).answers[first]
    assert (answer.value, answer.confirmed_from) == ("met", JUNE)
    assert "Confirmed unchanged since 1 Jun 2026." in screen.text(first)
    assert "Unchanged (key =)" not in screen.offers(first)


def test_a_finding_that_is_still_there_stays_until_its_note_is_written(
    desktop: Desktop, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id, "provider_oversight")
    desktop.press("g")
    desktop.press("=")
    assert screen.current == "provider_oversight"
    assert desktop.services.visits.view(visit_id).answers["provider_oversight"].value == "partly"


def test_undo_brings_back_what_was_there(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    first = screen.current
    desktop.press("=")
    desktop.press("2")
    assert desktop.services.visits.view(visit_id).answers[first].confirmed_from is None
    desktop.press("z", CTRL)
    assert desktop.services.visits.view(visit_id).answers[first].confirmed_from == JUNE
    desktop.press("z", CTRL)
    assert first not in desktop.services.visits.view(visit_id).answers


def test_a_sample_is_taken_again_at_each_visit(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id, "audit_findings_closed")
    assert "Unchanged (key =)" not in screen.offers("audit_findings_closed")
    desktop.press(Qt.Key.Key_Escape)
    desktop.press("=")
    assert "audit_findings_closed" not in desktop.services.visits.view(visit_id).answers


def test_good_practice_is_one_key_and_the_same_takes_it_back(
    desktop: Desktop, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id)
    first = screen.current
    desktop.press("1")
    desktop.press("g", Qt.KeyboardModifier.ShiftModifier)
    assert desktop.services.visits.view(visit_id).answers[first].good_practice
    assert "Good practice" in screen.text(first)
    desktop.press("g", Qt.KeyboardModifier.ShiftModifier)
    assert not desktop.services.visits.view(visit_id).answers[first].good_practice
