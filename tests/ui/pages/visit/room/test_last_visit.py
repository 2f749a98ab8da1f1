"""The last visit beside the form, by keys: it follows the question, and its report opens."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.support.window.visit_screen import texts
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.ui.pages.visit.room.last_visit import LastVisitCard

F8, ESC = Qt.Key.Key_F8, Qt.Key.Key_Escape
SHIFT = Qt.KeyboardModifier.ShiftModifier


def card(desktop: Desktop) -> LastVisitCard:
    return desktop.visit.page.panel.last_visit


def test_one_key_shows_it_and_it_follows_the_question(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    assert card(desktop).isHidden()
    first = screen.current
    desktop.press(F8)
    assert screen.current == first, "the focus stays at the question"
    said = "\n".join(texts(card(desktop)))
    assert "Last visit on this form, 1 Jun 2026" in said
    assert "“One visit in the year.”" in said
    assert "Partly met" in said
    assert card(desktop).current == first
    desktop.press("j")
    assert card(desktop).current == screen.current != first
    desktop.press(Qt.Key.Key_PageDown)
    assert card(desktop).current == screen.current
    assert "“One visit in the year.”" not in "\n".join(texts(card(desktop)))
    desktop.press(F8)
    assert card(desktop).isHidden()


def test_its_report_opens_as_a_paper(desktop: Desktop, visit_id: str, files: AnswerFiles) -> None:
    desktop.open_visit(visit_id)
    desktop.press(F8, SHIFT)
    [shown] = files.shown
    assert "2026-06-01" in shown.name or "1 June 2026" in shown.name, shown.name
    desktop.press(F8)
    desktop.click(card(desktop).report)
    assert len(files.shown) == 2


def test_a_first_visit_says_that_there_is_none(desktop: Desktop, visit_id: str) -> None:
    larch = next(
        row.setting_id for row in desktop.services.portfolio.rows() if row.name != "Heather Bank"
    )
    first = desktop.services.visits.start(larch, "residential-quality").id
    desktop.open_visit(first)
    desktop.press(F8)
    assert "no earlier visit here on this form" in "\n".join(texts(card(desktop)))
    desktop.press(F8, SHIFT)
    assert "There is no earlier visit here on this form." in desktop.toast
    desktop.open_visit(visit_id)
    assert card(desktop).isHidden()


def test_an_audit_in_between_is_another_form(desktop: Desktop, heather: str) -> None:
    visits = desktop.services.visits
    audit = visits.start(heather, "medicines-audit").id
    assert visits.last_visit(audit) is None
    again = visits.start(heather, "residential-quality").id
    last = visits.last_visit(again)
    assert last is not None
    assert last.answers["provider_oversight"].text == "Partly met"
    assert (last.rag, bool(last.because)) == ("green", True)
