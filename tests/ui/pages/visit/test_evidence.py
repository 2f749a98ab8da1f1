"""Photos and documents on the Visit page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support.desk.pictures import jpeg
from tests.support.window.windows import WAIT_MS, AnswerFiles, Desktop
from visitapp.records import EvidenceCopy
from visitapp.services.evidence.states import EvidenceState
from visitapp.ui.dialogs.visits.add_evidence import EvidenceDialog
from visitapp.ui.dialogs.visits.show_evidence import EvidenceViewDialog
from visitapp.ui.widgets.evidence_tag import EvidenceTag

QUESTION = "registered_manager"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "lock_of_the_cupboard.jpg"
    file.write_bytes(jpeg(1200, 900, gps=True))
    return file


def begin(desktop: Desktop, visit_id: str) -> EvidenceDialog:
    """Press E on the question: the dialog opens."""
    desktop.open_visit(visit_id, QUESTION).card(QUESTION).setFocus()
    desktop.press(Qt.Key.Key_E)
    return desktop.dialog(EvidenceDialog)


def save(desktop: Desktop, dialog: EvidenceDialog) -> None:
    with desktop.qtbot.waitSignal(dialog.kept, timeout=WAIT_MS):
        desktop.click(dialog.primary)


def tag(desktop: Desktop, visit_id: str) -> EvidenceTag:
    card = desktop.open_visit(visit_id, QUESTION).card(QUESTION)
    (found,) = card.findChildren(EvidenceTag)
    return found


def test_a_chosen_photo_is_on_the_card_with_its_picture(
    desktop: Desktop, visit_id: str, files: AnswerFiles, photo: Path
) -> None:
    files.to_open = photo
    dialog = begin(desktop, visit_id)
    desktop.click(dialog.choose)
    assert dialog.title.text() == "lock of the cupboard"
    assert "lock_of_the_cupboard.jpg" in dialog.chosen.text()
    dialog.title.setText("The new lock")
    save(desktop, dialog)
    shown = tag(desktop, visit_id)
    assert shown.accessibleName().startswith("Photo: The new lock · ")
    assert shown.accessibleName().endswith("Waiting to be sent")
    assert shown.sizeHint().width() <= shown.width() or shown.text().endswith("…"), (
        "cut by a letter"
    )
    desktop.qtbot.waitUntil(lambda: not shown.icon().isNull(), timeout=WAIT_MS)


@pytest.mark.parametrize("focus", ["title", "choose"])
def test_a_pasted_picture_is_kept(desktop: Desktop, visit_id: str, focus: str) -> None:
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QApplication.clipboard().setImage(picture)
    dialog = begin(desktop, visit_id)
    dialog.activateWindow()
    desktop.qtbot.waitUntil(dialog.isActiveWindow, timeout=WAIT_MS)
    focused = getattr(dialog, focus)
    focused.setFocus()
    QTest.keyClick(focused, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dialog.title.text() == "Pasted picture"
    save(desktop, dialog)
    (piece,) = desktop.services.evidence.of_visit(visit_id)
    assert (piece.media_type, piece.state) == ("image/png", EvidenceState.WAITING)


def test_a_dropped_document_is_kept(desktop: Desktop, visit_id: str, tmp_path: Path) -> None:
    file = tmp_path / "rota.txt"
    file.write_text("Two on at night.", encoding="utf-8")
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(file))])
    dialog = begin(desktop, visit_id)
    event = QDropEvent(
        QPoint(10, 10),
        Qt.DropAction.CopyAction,
        dropped,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    dialog.dropEvent(event)
    assert "rota.txt" in dialog.chosen.text()
    save(desktop, dialog)
    (piece,) = desktop.services.evidence.of_visit(visit_id)
    assert (piece.kind, piece.title) == ("document", "rota")


def test_a_file_that_is_not_taken_keeps_the_dialog_open(
    desktop: Desktop, visit_id: str, files: AnswerFiles, tmp_path: Path
) -> None:
    files.to_open = tmp_path / "photo.jpg"
    files.to_open.write_bytes(jpeg(400, 300)[:3000])
    dialog = begin(desktop, visit_id)
    desktop.click(dialog.choose)
    desktop.click(dialog.primary)
    desktop.qtbot.waitUntil(lambda: bool(dialog.messages.text()), timeout=WAIT_MS)
    assert "incomplete or damaged" in dialog.messages.text()
    assert dialog.isVisible()
    assert dialog.primary.isEnabled()
    assert desktop.services.evidence.of_visit(visit_id) == []


def test_a_note_still_needs_no_file(desktop: Desktop, visit_id: str) -> None:
    dialog = begin(desktop, visit_id)
    dialog.title.setText("Rota of November")
    desktop.click(dialog.primary)
    (piece,) = desktop.services.evidence.of_visit(visit_id)
    assert piece.state == EvidenceState.NOTED


def opened(desktop: Desktop, visit_id: str) -> EvidenceViewDialog:
    desktop.click(tag(desktop, visit_id))
    dialog = desktop.dialog(EvidenceViewDialog)
    desktop.qtbot.waitUntil(
        lambda: dialog.primary.isEnabled() or bool(dialog.messages.text()), timeout=WAIT_MS
    )
    return dialog


def test_it_opens_full_size_is_copied_and_removed(
    desktop: Desktop, visit_id: str, photo: Path, files: AnswerFiles
) -> None:
    piece = desktop.services.evidence.add(visit_id, QUESTION, photo)
    dialog = opened(desktop, visit_id)
    assert dialog.picture.pixmap().size().toTuple() == (1200, 900)
    desktop.click(dialog.primary)
    copy = files.folder / "lock of the cupboard.jpg"
    assert copy.read_bytes() == desktop.services.evidence.open(piece.id)
    desktop.click(dialog.remove)
    assert desktop.services.evidence.of_visit(visit_id) == []
    card = desktop.open_visit(visit_id, QUESTION).card(QUESTION)
    desktop.qtbot.waitUntil(lambda: not card.findChildren(EvidenceTag), timeout=WAIT_MS)


def test_what_is_on_the_server_only_says_why_it_cannot_be_fetched(
    desktop: Desktop, visit_id: str, photo: Path
) -> None:
    piece = desktop.services.evidence.add(visit_id, QUESTION, photo)
    with desktop.services.desk.database.applying() as session:
        session.delete(session.get_one(EvidenceCopy, piece.sha256))
    for file in (photo.parent / "desk" / "evidence").iterdir():
        file.unlink()
    assert tag(desktop, visit_id).accessibleName().endswith("On the server only, open to fetch")
    dialog = opened(desktop, visit_id)
    assert "not connected to a server" in dialog.messages.text()
    assert not dialog.primary.isEnabled()
