"""What an officer needs is in view: the question under a banner, the whole suggestion, the actions,
and everything beside a message."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from tests.support.desk.colleagues import become, bring
from tests.support.forms.answers import best_answers
from tests.support.window.screens import visible
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.ui.widgets.note_editor import MOST_ROWS, NoteEditor

FINDING = "registered_manager"
CTRL = Qt.KeyboardModifier.ControlModifier


def place(desktop: Desktop, widget: QWidget) -> QRect:
    """Where a widget is in the window."""
    return QRect(widget.mapTo(desktop.window, QPoint(0, 0)), widget.size())


def test_the_words_of_a_return_leave_the_question_in_view(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    desktop.window.resize(1024, 600)
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    services.visits.sign_off(visit_id)
    officer = services.me().id
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    services.reviews.return_(visit_id, "Poor on 4.3 has no action. " * 60)
    become(services, officer)
    screen = desktop.open_visit(visit_id)
    desktop.press(Qt.Key.Key_Return)
    desktop.settle()
    assert screen.page.returned.height() <= screen.page.height() // 3
    assert screen.page.area.height() > screen.page.height() // 3
    assert screen.current_is_in_view
    assert "has no action" in screen.returned_text


def test_a_short_return_takes_only_the_room_of_its_words(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    services.visits.sign_off(visit_id)
    officer = services.me().id
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    services.reviews.return_(visit_id, "See 4.3.")
    become(services, officer)
    screen = desktop.open_visit(visit_id)
    desktop.settle()
    shown = screen.page.returned
    assert shown.height() < 200
    assert shown.comment.visibleRegion().boundingRect().size() == shown.comment.size()


def test_a_suggested_action_is_shown_whole(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    services.visits.answer(visit_id, FINDING, value="not_met", note="Nobody is in charge.")
    desktop.window.resize(1024, 600)
    screen = desktop.open_visit(visit_id, FINDING)
    desktop.settle()
    [suggestion] = [
        b for b in screen.card(FINDING).findChildren(QPushButton) if b.text().startswith("+ Action")
    ]
    action = services.actions.suggested(visit_id, FINDING)
    assert action is not None
    assert action.title in " ".join(suggestion.text().split())
    assert "\u2026" not in suggestion.text()
    metrics = suggestion.fontMetrics()
    lines = suggestion.text().split("\n")
    assert all(metrics.horizontalAdvance(line) <= suggestion.width() for line in lines)
    assert suggestion.height() >= metrics.lineSpacing() * len(lines)


def test_a_key_leads_from_the_outcome_to_the_actions_below_it(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    services.visits.answer(visit_id, FINDING, value="not_met", note="Nobody is in charge.")
    services.actions.add_suggested(visit_id, [FINDING])
    desktop.window.resize(1366, 768)
    screen = desktop.open_visit(visit_id)
    desktop.settle()
    link = visible(screen.page.panel, QAbstractButton, "1 action raised")
    assert not link.visibleRegion().isEmpty()
    link.setFocus()
    desktop.press(Qt.Key.Key_Return)
    assert desktop.focus.startswith("Action: ")


def test_a_note_grows_with_its_text(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("n")
    note = screen.card(screen.current).findChildren(NoteEditor)[-1]
    line = note.fontMetrics().lineSpacing()
    desktop.until(lambda: note.viewport().height() >= 3 * line)
    for rows in (6, MOST_ROWS):
        note.setPlainText("\n".join(["A line"] * rows))
        desktop.until(lambda rows=rows: note.viewport().height() >= rows * line)
    note.setPlainText("Two residents said that the bells are answered late at night. " * 8)
    assert note.document().size().height() > 3, "it wraps"
    desktop.until(lambda: note.viewport().height() >= note.document().size().height() * line)


def test_a_message_below_the_page_covers_nothing(desktop: Desktop, visit_id: str) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("1")
    desktop.press("z", CTRL)
    desktop.settle()
    toast = desktop.window.toast
    assert toast.isVisible()
    desktop.until(lambda: not place(desktop, toast).intersects(place(desktop, screen.page)))
    desktop.press("2", CTRL)
    beside = desktop.window.navigation
    desktop.until(lambda: not place(desktop, toast).intersects(place(desktop, beside)))
    assert toast.isVisible()
    assert beside.isVisible()


@pytest.mark.parametrize(("button", "shown"), [("Open report", 0), ("Open folder", 1)])
def test_a_saved_report_says_where_it_is(
    desktop: Desktop,
    services: Services,
    visit_id: str,
    files: AnswerFiles,
    button: str,
    shown: int,
) -> None:
    services.visits.answer_all(visit_id, best_answers(services.visits.form(visit_id)))
    services.visits.sign_off(visit_id)
    screen = desktop.open_visit(visit_id)
    visible(screen.page, QAbstractButton, "Report (PDF)").setFocus()
    desktop.press(Qt.Key.Key_Return)
    [report] = files.folder.glob("*.pdf")
    assert str(report) in desktop.message()
    assert desktop.focus == "Open report"
    visible(screen.page, QAbstractButton, button).setFocus()
    desktop.press(Qt.Key.Key_Return)
    assert files.shown == [(report, report.parent)[shown]]


def test_the_list_says_how_an_open_visit_stands_so_far(
    desktop: Desktop, services: Services, visit_id: str
) -> None:
    desktop.press("2", CTRL)
    [row] = [n for n, v in enumerate(desktop.visits.table.rows) if v.id == visit_id]
    assert desktop.visits.table.cell(row, "Outcome").text == "Not signed off"
    services.visits.answer(visit_id, FINDING, value="not_met", note="Nobody is in charge.")
    desktop.refresh()
    cell = desktop.visits.table.cell(row, "Outcome")
    assert (cell.text, cell.rag) == ("Red so far", "red")
    assert (
        desktop.visits.table.cell(row, "Visit").second
        == "Quality monitoring visit, residential and nursing"
    )
