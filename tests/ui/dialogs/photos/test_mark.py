"""A photo is blurred, cropped and pointed at by keys alone, before it is kept."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt

from tests.support.desk.pictures import jpeg
from tests.support.window.evidence_screens import EvidenceScreen
from tests.support.window.windows import Desktop

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
RIGHT, DOWN, LEFT = Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left
QUESTION = "registered_manager"


@pytest.fixture
def evidence(desktop: Desktop, visit_id: str, tmp_path: Path) -> EvidenceScreen:
    """The evidence dialog, with a photo of 600 by 300 pixels chosen."""
    file = tmp_path / "IMG_1.jpg"
    file.write_bytes(jpeg(600, 300))
    desktop.open_visit(visit_id, QUESTION)
    desktop.press("e")
    screen = EvidenceScreen(desktop)
    screen.choose(file)
    return screen


def kept(desktop: Desktop, visit_id: str) -> Image.Image:
    (piece,) = desktop.services.evidence.of_visit(visit_id)
    return Image.open(io.BytesIO(desktop.services.evidence.open(piece.id)))


def shades(picture: Image.Image, box: tuple[int, int, int, int]) -> int:
    return len(set(picture.crop(box).convert("L").tobytes()))


def test_a_face_is_blurred_by_keys_and_only_that_picture_is_kept(
    desktop: Desktop, visit_id: str, evidence: EvidenceScreen
) -> None:
    mark = evidence.mark()
    assert mark.where == "From 33% to 66% across, from 33% to 66% down"
    assert "cannot be brought back" in mark.text
    for _ in range(3):
        desktop.press(RIGHT)  # by 12 pixels of 600
    desktop.press(DOWN, SHIFT)
    assert mark.where == "From 39% to 72% across, from 33% to 70% down"
    desktop.press(ENTER)
    assert "Blurred. 1 mark." in mark.text
    mark.use()
    assert "1 mark. Only the marked picture is kept." in evidence.text
    evidence.save()
    picture = kept(desktop, visit_id)
    assert picture.size == (600, 300)
    assert shades(picture, (330, 110, 400, 190)) < shades(picture, (450, 110, 520, 190))


def test_marks_are_taken_back_by_ctrl_z(desktop: Desktop, evidence: EvidenceScreen) -> None:
    mark = evidence.mark()
    desktop.press("c")
    assert mark.tool == "Crop (C)"
    desktop.press(ENTER)
    assert mark.size == (450, 226)
    desktop.press("a")
    assert mark.where.startswith("Arrow from ")
    desktop.press(ENTER)
    assert "Arrow drawn. 2 marks." in mark.text
    desktop.press("z", CTRL)
    desktop.press("z", CTRL)
    assert mark.size == (600, 300)
    assert "0 marks" in mark.text
    assert "Undo (Ctrl Z)" not in mark.buttons


def test_a_selection_stays_in_the_picture(desktop: Desktop, evidence: EvidenceScreen) -> None:
    mark = evidence.mark()
    for _ in range(60):
        desktop.press(LEFT)
    assert mark.where.startswith("From 0% to 33% across")
    desktop.press(RIGHT, CTRL)
    assert mark.where.startswith("From 0% to 33% across"), "a small step"


def test_what_is_selected_and_not_applied_is_asked_about(
    desktop: Desktop, evidence: EvidenceScreen
) -> None:
    mark = evidence.mark()
    desktop.press(RIGHT)
    desktop.press(ENTER, CTRL)
    assert mark.is_open
    assert "What you selected is not applied yet." in mark.message
    desktop.press("b")
    desktop.press(ENTER, CTRL)
    assert not mark.is_open


def test_escape_asks_once_and_leaves_the_photo_unmarked(
    desktop: Desktop, visit_id: str, evidence: EvidenceScreen
) -> None:
    mark = evidence.mark()
    desktop.press("c")
    desktop.press(ENTER)
    desktop.press(ESC)
    assert mark.is_open
    assert "Your marks are not used yet." in mark.message
    desktop.press(ESC)
    assert not mark.is_open
    evidence.save()
    assert kept(desktop, visit_id).size == (600, 300)


def test_a_mark_is_drawn_with_the_mouse(
    desktop: Desktop, visit_id: str, evidence: EvidenceScreen
) -> None:
    mark = evidence.mark()
    desktop.press("c")
    mark.drag(QPoint(0, 0), QPoint(300, 150))
    assert mark.where == "From 0% to 50% across, from 0% to 50% down"
    mark.press("Apply (Enter)")
    assert mark.size == (300, 150)
    mark.drag(QPoint(20, 20), QPoint(20, 20))
    desktop.press(ENTER)
    assert "Select a larger part" in mark.message


def test_a_marked_photo_is_opened_again_with_its_marks(
    desktop: Desktop, visit_id: str, evidence: EvidenceScreen
) -> None:
    mark = evidence.mark()
    desktop.press("c")
    desktop.press(ENTER)
    mark.use()
    again = evidence.mark()
    assert again.size == (450, 226)
    desktop.press("z", CTRL)
    again.use()
    assert "Only the marked picture is kept" not in evidence.text
    evidence.save()
    assert kept(desktop, visit_id).size == (600, 300)
