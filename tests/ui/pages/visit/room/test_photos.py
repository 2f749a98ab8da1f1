"""Photos that come to a question of themselves: pasted on it, or dropped on it or on the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.support.desk.desks import signed_off_visit
from tests.support.desk.pictures import jpeg
from tests.support.window.evidence_screens import EvidenceScreen, copied, drop
from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.visits.add_evidence import EvidenceDialog

CTRL = Qt.KeyboardModifier.ControlModifier
FIRST, SECOND = "registered_manager", "provider_oversight"


@pytest.fixture(autouse=True)
def nothing_copied(qapp: QApplication) -> Iterator[None]:
    """What a test copied goes with it: left to the end of Python, it would outlive Qt."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    files = [tmp_path / f"IMG_{n}.jpg" for n in (1, 2)]
    for n, file in enumerate(files):
        file.write_bytes(jpeg(400 + n, 300))
    return files


def kept(desktop: Desktop, visit_id: str) -> list[tuple[str, str]]:
    return [(one.question, one.title) for one in desktop.services.evidence.of_visit(visit_id)]


def no_dialog(desktop: Desktop) -> bool:
    return not [d for d in desktop.window.findChildren(EvidenceDialog) if d.isVisible()]


def test_copied_files_are_pasted_on_the_question_in_focus(
    desktop: Desktop, visit_id: str, photos: list[Path]
) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("j")
    assert screen.current == SECOND
    QApplication.clipboard().setMimeData(copied(*photos))
    desktop.press("v", CTRL)
    dialog = EvidenceScreen(desktop)
    assert list(dialog.files) == ["IMG_1.jpg", "IMG_2.jpg"]
    dialog.save()
    assert not dialog.is_open
    assert kept(desktop, visit_id) == [(SECOND, "IMG 1"), (SECOND, "IMG 2")]
    assert "2 pieces of evidence added" in desktop.toast


def test_a_copied_picture_is_pasted_and_the_caption_is_typed_at_once(
    desktop: Desktop, visit_id: str
) -> None:
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    desktop.open_visit(visit_id)
    QApplication.clipboard().setImage(picture)
    desktop.press("v", CTRL)
    dialog = EvidenceScreen(desktop)
    desktop.type("Fire door, first floor")
    dialog.save()
    assert kept(desktop, visit_id) == [(FIRST, "Fire door, first floor")]


def test_a_text_is_pasted_into_the_note_and_opens_no_dialog(
    desktop: Desktop, visit_id: str
) -> None:
    screen = desktop.open_visit(visit_id)
    QApplication.clipboard().setText("Seen in the rota.")
    desktop.press("n")
    desktop.press("v", CTRL)
    assert screen.note(FIRST) == "Seen in the rota."
    desktop.press(Qt.Key.Key_Escape)
    desktop.press("v", CTRL)
    assert no_dialog(desktop)
    assert "no picture or file to paste" in desktop.toast


@pytest.mark.parametrize("what", ["picture", "files"])
def test_what_is_no_text_is_evidence_also_from_within_a_note(
    desktop: Desktop, visit_id: str, photos: list[Path], what: str
) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("n")
    desktop.type("Seen")
    if what == "files":
        QApplication.clipboard().setMimeData(copied(photos[0]))
    else:
        QApplication.clipboard().setImage(QImage(300, 200, QImage.Format.Format_RGB32))
    desktop.press("v", CTRL)
    assert len(EvidenceScreen(desktop).files) == 1
    assert screen.note(FIRST) == "Seen"
    assert desktop.services.visits.view(visit_id).answers[FIRST].note == "Seen", "saved before"


def test_what_is_dropped_on_a_card_is_for_its_question(
    desktop: Desktop, visit_id: str, photos: list[Path]
) -> None:
    screen = desktop.open_visit(visit_id)
    card = screen.card(SECOND)
    assert screen.current == FIRST
    place = card.mapTo(screen.page, QPoint(card.width() // 2, 8))
    assert drop(screen.page, place, copied(*photos))
    dialog = EvidenceScreen(desktop)
    dialog.save()
    assert {question for question, _ in kept(desktop, visit_id)} == {SECOND}


def test_what_is_dropped_beside_the_cards_is_for_the_current_question(
    desktop: Desktop, visit_id: str, photos: list[Path]
) -> None:
    screen = desktop.open_visit(visit_id)
    assert drop(screen.page, QPoint(5, 5), copied(photos[0]))
    dialog = EvidenceScreen(desktop)
    dialog.save()
    assert kept(desktop, visit_id) == [(FIRST, "IMG 1")]


def test_a_text_is_not_taken_nor_anything_on_a_signed_off_visit(
    desktop: Desktop, visit_id: str, heather: str, photos: list[Path]
) -> None:
    screen = desktop.open_visit(visit_id)
    text = QMimeData()
    text.setText("Only words")
    assert not drop(screen.page, QPoint(5, 5), text)
    frozen = signed_off_visit(desktop.services, heather).summary.id
    desktop.open_visit(frozen)
    assert not drop(screen.page, QPoint(5, 5), copied(*photos))
    QApplication.clipboard().setMimeData(copied(*photos))
    desktop.press("v", CTRL)
    assert no_dialog(desktop)


def test_a_file_dropped_on_a_note_is_no_text_of_it(
    desktop: Desktop, visit_id: str, photos: list[Path]
) -> None:
    screen = desktop.open_visit(visit_id)
    desktop.press("n")
    note = QApplication.focusWidget()
    assert note is not None
    assert drop(note, QPoint(5, 5), copied(*photos))
    assert list(EvidenceScreen(desktop).files) == ["IMG_1.jpg", "IMG_2.jpg"]
    assert screen.note(FIRST) == ""
