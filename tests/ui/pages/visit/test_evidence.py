"""Photos and documents on the Visit page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.support.desk.pictures import jpeg
from tests.support.window.evidence_screens import EvidenceScreen, copied, drop
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


def begin(desktop: Desktop, visit_id: str) -> EvidenceScreen:
    """Press E on the question: the dialog opens."""
    desktop.open_visit(visit_id, QUESTION).card(QUESTION).setFocus()
    desktop.press(Qt.Key.Key_E)
    return EvidenceScreen(desktop)


def tag(desktop: Desktop, visit_id: str) -> EvidenceTag:
    card = desktop.open_visit(visit_id, QUESTION).card(QUESTION)
    (found,) = card.findChildren(EvidenceTag)
    return found


def test_a_chosen_photo_is_on_the_card_with_its_picture(
    desktop: Desktop, visit_id: str, photo: Path
) -> None:
    dialog = begin(desktop, visit_id)
    dialog.choose(photo)
    assert dialog.files == {"lock_of_the_cupboard.jpg": "lock of the cupboard"}
    desktop.until(lambda: dialog.pictures == 1)
    desktop.type("The new lock")  # over the caption, which is selected
    dialog.save()
    shown = tag(desktop, visit_id)
    assert shown.accessibleName().startswith("Photo: The new lock · ")
    assert shown.accessibleName().endswith("Waiting to be sent")
    assert shown.sizeHint().width() <= shown.width() or shown.text().endswith("…"), (
        "cut by a letter"
    )
    desktop.qtbot.waitUntil(lambda: not shown.icon().isNull(), timeout=WAIT_MS)


@pytest.mark.parametrize("focus", ["Description", "Choose photos or documents"])
def test_a_pasted_picture_is_kept(desktop: Desktop, visit_id: str, focus: str) -> None:
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QApplication.clipboard().setImage(picture)
    dialog = begin(desktop, visit_id)
    dialog.tab_to(focus)
    dialog.paste()
    assert dialog.files == {"Pasted picture": "Pasted picture"}
    dialog.save()
    (piece,) = desktop.services.evidence.of_visit(visit_id)
    assert (piece.media_type, piece.state) == ("image/png", EvidenceState.WAITING)


def test_dropped_documents_are_kept(desktop: Desktop, visit_id: str, tmp_path: Path) -> None:
    names = ("rota.txt", "menu.txt")
    for name in names:
        (tmp_path / name).write_text(f"Two on at night, says {name}.", encoding="utf-8")
    dialog = begin(desktop, visit_id)
    target = desktop.dialog(EvidenceDialog)
    assert drop(target, QPoint(10, 10), copied(*(tmp_path / name for name in names)))
    assert list(dialog.files) == list(names)
    dialog.save()
    kept = [(piece.kind, piece.title) for piece in desktop.services.evidence.of_visit(visit_id)]
    assert kept == [("document", "rota"), ("document", "menu")]


def test_a_file_that_is_not_taken_keeps_the_dialog_open(
    desktop: Desktop, visit_id: str, tmp_path: Path
) -> None:
    broken = tmp_path / "photo.jpg"
    broken.write_bytes(jpeg(400, 300)[:3000])
    dialog = begin(desktop, visit_id)
    dialog.choose(broken)
    desktop.until(lambda: bool(dialog.problems))
    dialog.save()
    assert "incomplete or damaged" in dialog.message
    assert dialog.is_open
    assert desktop.services.evidence.of_visit(visit_id) == []


def test_several_are_added_in_one_go_and_the_broken_one_is_named(
    desktop: Desktop, visit_id: str, photo: Path, tmp_path: Path
) -> None:
    broken, other = tmp_path / "IMG_2.jpg", tmp_path / "IMG_3.jpg"
    broken.write_bytes(jpeg(400, 300)[:3000])
    other.write_bytes(jpeg(300, 400))
    dialog = begin(desktop, visit_id)
    dialog.choose(photo, broken, other)
    assert dialog.primary == "Add 3 files"
    dialog.fill("Caption of IMG_3.jpg", "Bathroom, ground floor")
    dialog.save()
    assert dialog.is_open
    assert "2 files were added. Not added: IMG_2.jpg." in dialog.message
    assert list(dialog.files) == ["IMG_2.jpg"]
    assert "incomplete or damaged" in dialog.problems["IMG_2.jpg"]
    kept = [piece.title for piece in desktop.services.evidence.of_visit(visit_id)]
    assert kept == ["lock of the cupboard", "Bathroom, ground floor"]
    dialog.press("Leave out IMG_2.jpg")
    assert dialog.files == {}
    assert dialog.asks("Kind"), "a note can be written again"


def test_a_file_chosen_twice_is_there_once(desktop: Desktop, visit_id: str, photo: Path) -> None:
    dialog = begin(desktop, visit_id)
    dialog.choose(photo)
    dialog.choose(photo)
    assert len(dialog.files) == 1


def test_a_note_still_needs_no_file(desktop: Desktop, visit_id: str) -> None:
    dialog = begin(desktop, visit_id)
    desktop.type("Rota of November")
    dialog.save()
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
