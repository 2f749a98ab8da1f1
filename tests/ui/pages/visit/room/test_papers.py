"""Paper in hand before leaving: printed, opened or drafted as an e-mail in one key each."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.support.forms.answers import best_answers
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.ui.dialogs.visits.sign_off import SignOffDialog

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def sign_off(desktop: Desktop, visit_id: str) -> SignOffDialog:
    """Sign off by keys; gives the review, which stays open."""
    form = desktop.services.visits.form(visit_id)
    desktop.services.visits.answer_all(visit_id, best_answers(form))
    desktop.open_visit(visit_id)
    desktop.press(ENTER, CTRL)
    review = desktop.dialog(SignOffDialog)
    desktop.press(ENTER)
    return review


def test_paper_in_hand_takes_two_keys(desktop: Desktop, visit_id: str, files: AnswerFiles) -> None:
    """Ctrl P, and Enter in the system's own dialog, which answers here by itself."""
    review = sign_off(desktop, visit_id)
    desktop.press("p", CTRL)
    [printed] = files.printed
    assert printed.read_bytes().startswith(b"%PDF")
    assert "Sent to the printer." in review.messages.text()


def test_a_draft_of_an_e_mail_has_the_report_attached(
    desktop: Desktop, visit_id: str, files: AnswerFiles
) -> None:
    sign_off(desktop, visit_id)
    desktop.press("e", CTRL)
    [draft] = files.shown
    found = message_from_bytes(draft.read_bytes(), policy=default)
    assert found["X-Unsent"] == "1"
    assert found["To"] is None
    assert "Heather Bank" in found["Subject"]
    [attached] = found.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_filename() == "Heather Bank 2026-11-22.pdf"
    assert "tell us by 6 December 2026" in found.get_body().get_content()


def test_without_a_mail_program_it_says_what_to_do(
    desktop: Desktop, visit_id: str, files: AnswerFiles
) -> None:
    files.has_viewer = False
    review = sign_off(desktop, visit_id)
    desktop.press("e", CTRL)
    assert "No mail program" in review.messages.text()


@pytest.mark.parametrize("frozen", [False, True])
def test_the_page_prints_and_opens_by_the_same_keys(
    desktop: Desktop, visit_id: str, files: AnswerFiles, frozen: bool
) -> None:
    if frozen:
        sign_off(desktop, visit_id)
        desktop.press(Qt.Key.Key_Escape)
    desktop.open_visit(visit_id)
    desktop.press("p", CTRL)
    desktop.press("o", CTRL, SHIFT)
    assert len(files.printed) == len(files.shown) == 1


def test_what_another_program_reads_goes_with_the_window(
    desktop: Desktop, visit_id: str, files: AnswerFiles
) -> None:
    desktop.open_visit(visit_id)
    desktop.press("o", CTRL, SHIFT)
    folder: Path = files.shown[0].parent
    assert folder.exists()
    assert folder.stat().st_mode & 0o077 == 0
    desktop.window.dialogs.visit.papers.forget()
    assert not folder.exists()
