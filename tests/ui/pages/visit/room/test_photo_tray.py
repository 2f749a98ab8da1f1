"""New photos in a real folder are offered beside the questions, and taken only when chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.support.desk.desks import signed_off_visit
from tests.support.desk.pictures import jpeg
from tests.support.window.evidence_screens import EvidenceScreen, PhotoFolderScreen, PhotoTrayScreen
from tests.support.window.windows import Desktop
from visitapp.ui.shell.routes import Route

SHIFT = Qt.KeyboardModifier.ShiftModifier
FIRST = "registered_manager"


@pytest.fixture
def dcim(tmp_path: Path) -> Path:
    folder = tmp_path / "DCIM"
    folder.mkdir()
    return folder


@pytest.fixture
def tray(desktop: Desktop, visit_id: str, dcim: Path) -> PhotoTrayScreen:
    """Beside an open visit, with the folder watched."""
    desktop.services.photo_folder.choose(str(dcim))
    desktop.open_visit(visit_id)
    tray = PhotoTrayScreen(desktop)
    desktop.until(lambda: tray.watched == [str(dcim)])
    return tray


def put(folder: Path, name: str, side: int = 400) -> None:
    (folder / name).write_bytes(jpeg(side, 300))


def titles(desktop: Desktop, visit_id: str) -> list[str]:
    return [one.title for one in desktop.services.evidence.of_visit(visit_id)]


def test_new_photos_are_offered_and_those_that_are_ticked_are_added(
    desktop: Desktop, visit_id: str, dcim: Path, tray: PhotoTrayScreen
) -> None:
    assert not tray.is_shown
    for n in range(3):
        put(dcim, f"IMG_{n}.jpg", 400 + n)
    desktop.until(lambda: "3 new photos in DCIM" in tray.text)
    assert "3 new photos in DCIM" in desktop.toast
    assert titles(desktop, visit_id) == [], "nothing is taken by itself"
    desktop.press("p", SHIFT)
    dialog = EvidenceScreen(desktop)
    assert desktop.focus == "New photos in DCIM"
    assert [name.split(",")[0] for name in dialog.offered] == [f"IMG_{n}.jpg" for n in range(3)]
    desktop.until(lambda: dialog.icons == 3)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        desktop.press(key)
    assert list(dialog.files) == ["IMG_0.jpg", "IMG_2.jpg"]
    desktop.press(Qt.Key.Key_Space)
    assert list(dialog.files) == ["IMG_0.jpg"], "what is no more ticked is left out"
    dialog.fill("Caption of IMG_0.jpg", "Fire door")
    dialog.save()
    assert titles(desktop, visit_id) == ["Fire door"]
    desktop.until(lambda: "2 new photos in DCIM" in tray.text)


def test_leaving_a_photo_out_unticks_it(
    desktop: Desktop, dcim: Path, tray: PhotoTrayScreen
) -> None:
    put(dcim, "IMG_1.jpg")
    desktop.until(lambda: tray.is_shown)
    desktop.press("p", SHIFT)
    dialog = EvidenceScreen(desktop)
    desktop.press(Qt.Key.Key_Space)
    assert dialog.ticked == 1
    dialog.press("Leave out IMG_1.jpg")
    assert (dialog.ticked, dialog.files) == (0, {})


def test_photos_can_be_put_aside(desktop: Desktop, dcim: Path, tray: PhotoTrayScreen) -> None:
    put(dcim, "IMG_1.jpg")
    desktop.until(lambda: tray.is_shown)
    tray.click("Not for this visit")
    assert not tray.is_shown
    put(dcim, "IMG_2.jpg", 401)
    desktop.until(lambda: "1 new photo in DCIM" in tray.text)


def test_a_folder_that_went_is_said_and_found_again(
    desktop: Desktop, dcim: Path, tray: PhotoTrayScreen
) -> None:
    away = dcim.rename(dcim.with_name("away"))
    desktop.until(lambda: "The photos folder DCIM is not there." in tray.text)
    desktop.press("p", SHIFT)
    assert "The photos folder DCIM is not there." in desktop.toast
    away.rename(dcim)
    desktop.until(lambda: not tray.is_shown)
    put(dcim, "IMG_1.jpg")
    desktop.until(lambda: "1 new photo in DCIM" in tray.text)


def test_without_a_folder_the_key_asks_for_one(desktop: Desktop, visit_id: str, dcim: Path) -> None:
    desktop.open_visit(visit_id)
    desktop.press("p", SHIFT)
    dialog = PhotoFolderScreen(desktop)
    desktop.type(str(dcim.with_name("nowhere")))
    desktop.press(Qt.Key.Key_Return)
    assert "There is no folder" in dialog.message
    dialog.fill("Folder", str(dcim))
    desktop.press(Qt.Key.Key_Return)
    assert not dialog.is_open
    tray = PhotoTrayScreen(desktop)
    desktop.until(lambda: tray.watched == [str(dcim)])
    put(dcim, "IMG_1.jpg")
    desktop.until(lambda: tray.is_shown)


def test_nothing_is_watched_beside_a_signed_off_visit_or_another_page(
    desktop: Desktop, heather: str, dcim: Path, tray: PhotoTrayScreen
) -> None:
    put(dcim, "IMG_1.jpg")
    desktop.until(lambda: tray.is_shown)
    desktop.window.go(Route("portfolio"))
    assert tray.watched == []
    desktop.open_visit(signed_off_visit(desktop.services, heather).summary.id)
    assert (tray.watched, tray.is_shown) == ([], False)
